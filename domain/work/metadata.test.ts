import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type MetadataFacts, metadataBytes, splitSaltOf, tokenUriOf } from './metadata.ts'

const facts: MetadataFacts = {
  title: 'Étude "nº 1" \u{1f3b9}',
  description: 'Two lines\nof words',
  creator: `eip155:31337:0x${'a'.repeat(40)}`,
  kind: 'audio',
  mediaType: 'audio/flac',
  sizeBytes: 1234,
  contentHash: `0x${'b'.repeat(64)}`,
  cid: 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e',
  shares: [{ address: `0x${'c'.repeat(40)}`, sharePpm: 1_000_000 }],
  royaltyBps: 500,
  royaltyReceiver: `0x${'d'.repeat(40)}`,
}

test('the metadata of a work are these very bytes', () => {
  expect(new TextDecoder().decode(metadataBytes(facts))).toBe(
    `{"animation_url":"ipfs://${facts.cid}","content":"ipfs://${facts.cid}","description":"Two lines\\nof words",` +
      `"name":"Étude \\"nº 1\\" \u{1f3b9}","properties":{"cid":"${facts.cid}","contentHash":"${facts.contentHash}",` +
      `"creator":"${facts.creator}","kind":"audio","mediaType":"audio/flac","royaltyBps":500,` +
      `"royaltyReceiver":"${facts.royaltyReceiver}","shares":[{"address":"${facts.shares[0]?.address}","sharePpm":1000000}],` +
      `"sizeBytes":1234}}`,
  )
})

test('wallets find the picture of an image under image, and nothing to play in a text', () => {
  const read = (kind: MetadataFacts['kind']) => JSON.parse(new TextDecoder().decode(metadataBytes({ ...facts, kind })))
  expect(read('image')).toMatchObject({ image: `ipfs://${facts.cid}` })
  expect(read('text')).not.toHaveProperty('animation_url')
})

test('any change of the terms changes the hash that the token carries', () => {
  const hash = (change: Partial<MetadataFacts>) =>
    createHash('sha256')
      .update(metadataBytes({ ...facts, ...change }))
      .digest('hex')
  const hashes = [{}, { royaltyBps: 501 }, { title: 'x' }, { sizeBytes: 1235 }, { shares: [] }].map(hash)
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('the token URI is the CID of the hash in base 16, and the salt of a splitter names the work', () => {
  expect(tokenUriOf(`0x${'0f'.repeat(32)}`)).toBe(`ipfs://f01551220${'0f'.repeat(32)}`)
  expect(splitSaltOf('6F9619FF-8B86-D011-B42D-00C04FC964FF')).toBe(
    `0x${'0'.repeat(32)}6f9619ff8b86d011b42d00c04fc964ff`,
  )
})
