import { createPublicKey, createSign, createVerify } from 'node:crypto'
import { clusterOf, secretEntries, secretEntryName } from '@knowton/derive'
import { clusters } from '@knowton/infra'
import { platform } from '@knowton/system'
import { privateKeyToAddress } from 'viem/accounts'
import { expect, test } from 'vitest'
import { describeEntries, fillEntries, secretObjects } from './fill-entries.ts'

const entries = secretEntries(clusterOf(platform, clusters.local))
const places = Object.entries(entries).flatMap(([entry, properties]) =>
  Object.entries(properties ?? {}).map(([property, value]) => ({ place: `${entry}.${property}`, value })),
)
const supplied = Object.fromEntries(
  places.filter(({ value }) => value.kind === 'supplied').map(({ place }) => [place, `value of ${place}`]),
)

test('every property of every entry gets a value; supplied ones as they were given', () => {
  const filled = fillEntries(entries, supplied)
  expect(Object.keys(filled)).toEqual(Object.keys(entries))
  for (const { place } of places) {
    const [entry = '', property = ''] = place.split('.')
    expect(filled[entry]?.[property], place).toMatch(/./)
  }
  expect(filled.installation?.chainRpcUrl).toBe('value of installation.chainRpcUrl')
})

test('the two halves of the signing key are one pair of P-256', () => {
  const { accessTokenKey = '', accessTokenPublicKey = '' } = fillEntries(entries, supplied).platform ?? {}
  const signature = createSign('sha256').update('token').sign(accessTokenKey)
  expect(createVerify('sha256').update('token').verify(accessTokenPublicKey, signature)).toBe(true)
  expect(createPublicKey(accessTokenPublicKey).asymmetricKeyDetails?.namedCurve).toBe('prime256v1')
})

test('the relayer gets a key of secp256k1, and no two values of two runs are the same', () => {
  const [one, other] = [fillEntries(entries, supplied), fillEntries(entries, supplied)]
  expect(privateKeyToAddress(one.platform?.relayerKey as `0x${string}`)).toMatch(/^0x[0-9a-fA-F]{40}$/)
  for (const { place, value } of places) {
    if (value.kind === 'fixed' || value.kind === 'supplied') continue
    const [entry = '', property = ''] = place.split('.')
    expect(one[entry]?.[property], place).not.toBe(other[entry]?.[property])
  }
  expect(one.redis?.password).toMatch(/^[0-9a-f]{48}$/)
})

test('what only a person knows is asked for, all of it at once', () => {
  const missing = Object.keys(supplied)
  expect(missing.length).toBeGreaterThan(1)
  for (const place of missing) expect(() => fillEntries(entries, {})).toThrow(place)
  expect(() => fillEntries(entries, { ...supplied, 'redis.passwrod': 'x' })).toThrow('redis.passwrod')
})

test('the empty form names every property and holds no secret', () => {
  const form = describeEntries(secretEntries(clusterOf(platform, clusters.production)))
  expect(form.platform?.relayerKey).toContain('0x and 64 hex digits')
  expect(JSON.stringify(form)).not.toMatch(/BEGIN|[0-9a-f]{48}/)
})

test('on one machine each entry is a Secret under the name that the secret store asks for', () => {
  const objects = secretObjects(fillEntries(entries, supplied), (entry) => `knowton-local-${entry}`)
  expect(objects[0]).toMatchObject({ kind: 'Namespace', metadata: { name: 'knowton-secrets' } })
  expect(objects.slice(1).map(({ metadata }) => metadata.name)).toContain(secretEntryName(clusters.local, 'redis'))
  expect(objects.length).toBe(Object.keys(entries).length + 1)
})
