import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { cidOf } from './cid-of.ts'

const CHUNK = 262_144
const MAX_LINKS = 174
const RAW = 0x55
const DAG_PB = 0x70

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** A second implementation of the format, from the specifications of CID, DAG-PB and UnixFS. */
const varint = (value: number): Buffer =>
  value < 128 ? Buffer.of(value) : Buffer.concat([Buffer.of((value % 128) | 128), varint(Math.floor(value / 128))])
const field = (number: number, bytes: Uint8Array) =>
  Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes])
const whole = (number: number, value: number) => Buffer.concat([varint(number * 8), varint(value)])
const cidBytes = (codec: number, block: Uint8Array) =>
  Buffer.concat([Buffer.of(1, codec, 0x12, 0x20), createHash('sha256').update(block).digest()])

type Node = { readonly cid: Buffer; readonly fileSize: number; readonly treeSize: number }

const leaf = (bytes: Uint8Array): Node => ({
  cid: cidBytes(RAW, bytes),
  fileSize: bytes.length,
  treeSize: bytes.length,
})

const parent = (children: readonly Node[]): Node => {
  const fileSize = children.reduce((sum, child) => sum + child.fileSize, 0)
  const links = children.map((child) =>
    field(2, Buffer.concat([field(1, child.cid), field(2, Buffer.alloc(0)), whole(3, child.treeSize)])),
  )
  const file = Buffer.concat([whole(1, 2), whole(3, fileSize), ...children.map((child) => whole(4, child.fileSize))])
  const block = Buffer.concat([...links, field(1, file)])
  const treeSize = block.length + children.reduce((sum, child) => sum + child.treeSize, 0)
  return { cid: cidBytes(DAG_PB, block), fileSize, treeSize }
}

const treeOf = (nodes: readonly Node[]): Node => {
  const [only] = nodes
  if (only !== undefined && nodes.length === 1) return only
  const groups = Array.from({ length: Math.ceil(nodes.length / MAX_LINKS) }, (_, index) =>
    parent(nodes.slice(index * MAX_LINKS, (index + 1) * MAX_LINKS)),
  )
  return treeOf(groups)
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
const toText = (cid: Uint8Array): string => {
  const bits = [...cid].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return `b${(bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')}`
}

const expected = (bytes: Uint8Array): string => {
  const leaves = Array.from({ length: Math.ceil(bytes.length / CHUNK) }, (_, index) =>
    leaf(bytes.subarray(index * CHUNK, (index + 1) * CHUNK)),
  )
  return toText(treeOf(leaves).cid)
}

const patterned = (length: number): Uint8Array => {
  const bytes = Buffer.alloc(length)
  for (let at = 0; at + 4 <= length; at += 4096) bytes.writeUInt32LE(at, at)
  return bytes
}

test('a small file has the address of its raw bytes', async () => {
  const bytes = Buffer.from('hello world')
  expect(await cidOf(inPieces(bytes, 3))).toBe('bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e')
})

test.each([1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 17])(
  'a file of %i bytes has the address of its tree',
  async (size) => {
    const bytes = patterned(size)
    expect(await cidOf(inPieces(bytes, 65_536))).toBe(expected(bytes))
  },
)

test('a file of more chunks than one node links gets another level', async () => {
  const bytes = patterned(MAX_LINKS * CHUNK + 5)
  expect(await cidOf(inPieces(bytes, 1_000_003))).toBe(expected(bytes))
})

test('how the bytes arrive does not matter', async () => {
  const bytes = patterned(CHUNK * 2 + 9)
  expect(await cidOf(inPieces(bytes, 7_919))).toBe(await cidOf(inPieces(bytes, bytes.length)))
})
