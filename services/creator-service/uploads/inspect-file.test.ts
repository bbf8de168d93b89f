import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { inspectFile } from './inspect-file.ts'

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const inspect = (bytes: Uint8Array) => inspectFile(inPieces(bytes, 1_000), async () => undefined)
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const padded = (head: Uint8Array) => Buffer.concat([head, Buffer.alloc(200_000, 0xfe)])

const PNG = hex(
  '89504e470d0a1a0a 0000000d49484452 00000001000000010806000000 1f15c489 0000000a49444154789c63000100000500010d0a2db4 0000000049454e44ae426082',
)

test.each([
  ['a PNG', PNG, 'image/png', 'image'],
  ['a JPEG', padded(hex('ffd8ffe000104a46494600010100000100010000')), 'image/jpeg', 'image'],
  ['a GIF', padded(Buffer.from('GIF89a\x01\x00\x01\x00')), 'image/gif', 'image'],
  ['a WebP', padded(Buffer.from('RIFF\x00\x10\x00\x00WEBPVP8 ')), 'image/webp', 'image'],
  ['a FLAC', padded(Buffer.from('fLaC\x00\x00\x00\x22')), 'audio/flac', 'audio'],
  ['a WAV', padded(Buffer.from('RIFF\x00\x10\x00\x00WAVEfmt ')), 'audio/wav', 'audio'],
  [
    'an MP3 with a cover longer than what is looked at',
    padded(Buffer.from('ID3\x03\x00\x00\x00\x0f\x00\x00', 'latin1')),
    'audio/mpeg',
    'audio',
  ],
  ['an MP4', padded(Buffer.from('\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2', 'latin1')), 'video/mp4', 'video'],
  ['a PDF', padded(Buffer.from('%PDF-1.7\n%')), 'application/pdf', 'document'],
  ['a gzip', padded(hex('1f8b0800000000000003')), 'application/gzip', 'archive'],
  ['an ELF program', padded(hex('7f454c4602010100000000000000000002003e00')), 'application/x-elf', 'software'],
  ['a WebAssembly module', padded(hex('0061736d01000000')), 'application/wasm', 'software'],
  ['an SVG', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml', 'image'],
  ['words', Buffer.from('Ünï words\n'), 'text/plain', 'text'],
  ['noise', padded(hex('fefefefefefe')), 'application/octet-stream', 'other'],
  ['a ZIP whose entries lie', padded(hex('504b0304140000000800ffffffff')), 'application/zip', 'archive'],
  [
    'markup with a binary tail',
    padded(Buffer.from('<?xml version="1.0"?><svg/>')),
    'application/octet-stream',
    'other',
  ],
])('%s is known by its bytes', async (_what, bytes, mediaType, kind) => {
  expect(await inspect(bytes)).toMatchObject({ mediaType, kind, sizeBytes: bytes.length })
})

test('the hash is that of all bytes', async () => {
  const bytes = padded(PNG)
  expect((await inspect(bytes)).sha256).toBe(`0x${createHash('sha256').update(bytes).digest('hex')}`)
})
