import { createECDH, generateKeyPairSync, randomBytes } from 'node:crypto'
import { Fault } from '@knowton/core'
import { LOCAL_SECRETS_NAMESPACE, type Manifest, type SecretEntries, type SecretValue } from '@knowton/derive'

/** Values by entry and property. */
export type FilledEntries = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * Gives every property a value: what is supplied as `<entry>.<property>`, else a new random one. Throws
 * `secrets.incomplete`, naming each value that only a person knows, and `secrets.unknown` for what no entry has.
 */
export const fillEntries = (entries: SecretEntries, supplied: Readonly<Record<string, string>>): FilledEntries => {
  const properties = propertiesOf(entries)
  refuseUnknown(Object.keys(supplied), properties)
  const missing = properties.filter(({ place, value }) => value.kind === 'supplied' && supplied[place] === undefined)
  if (missing.length > 0) throw new Fault('secrets.incomplete', incomplete(missing))
  const make = createMaker()
  const filled: Record<string, Record<string, string>> = {}
  for (const { entry, property, place, value } of properties) {
    filled[entry] ??= {}
    filled[entry][property] = supplied[place] ?? make(value)
  }
  return filled
}

/** The empty form: what is to be entered under each property, in words. */
export const describeEntries = (entries: SecretEntries): FilledEntries => {
  const form: Record<string, Record<string, string>> = {}
  for (const { entry, property, value } of propertiesOf(entries)) {
    form[entry] ??= {}
    form[entry][property] = describe(value)
  }
  return form
}

type Property = {
  readonly entry: string
  readonly property: string
  /** `installation.chainRpcUrl`. */
  readonly place: string
  readonly value: SecretValue
}

const propertiesOf = (entries: SecretEntries): readonly Property[] =>
  Object.entries(entries).flatMap(([entry, properties]) =>
    Object.entries(properties ?? {}).map(([property, value]) => ({
      entry,
      property,
      place: `${entry}.${property}`,
      value,
    })),
  )

const refuseUnknown = (given: readonly string[], properties: readonly Property[]): void => {
  const unknown = given.filter((name) => properties.every(({ place }) => place !== name))
  if (unknown.length > 0) throw new Fault('secrets.unknown', `There is no value called ${unknown.join(', ')} here.`)
}

const incomplete = (missing: readonly Property[]): string =>
  [
    'These values only you know; give each with --set <name>=<value>:',
    ...missing.map(({ place, value }) => `  ${place}  ${describe(value)}`),
  ].join('\n')

/** Makes values; the two halves of a pair come from one key. */
const createMaker = () => {
  const pairs = new Map<string, { readonly private: string; readonly public: string }>()
  const pairOf = (name: string) => {
    const pair = pairs.get(name) ?? newPair()
    pairs.set(name, pair)
    return pair
  }
  return (value: SecretValue): string => {
    switch (value.kind) {
      case 'fixed':
        return value.value
      case 'password':
        return randomBytes(24).toString('hex')
      case 'chain-key':
        return newChainKey()
      case 'signing-key':
        return pairOf(value.pair)[value.half]
      case 'supplied':
        throw new RangeError(`nothing but a person knows ${value.what}`)
    }
  }
}

const newPair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  return { private: privateKey, public: publicKey }
}

const newChainKey = (): string => {
  const curve = createECDH('secp256k1')
  curve.generateKeys()
  return `0x${curve.getPrivateKey('hex').padStart(64, '0')}`
}

const describe = (value: SecretValue): string => {
  switch (value.kind) {
    case 'fixed':
      return value.value
    case 'password':
      return '48 random hex digits'
    case 'chain-key':
      return 'the private key of an account of its own: 0x and 64 hex digits'
    case 'signing-key':
      return `the ${value.half} key in PEM of the P-256 pair "${value.pair}"`
    case 'supplied':
      return value.what
  }
}

/** The namespace and one Secret for each entry, called as the secret store asks for it. */
export const secretObjects = (filled: FilledEntries, nameOf: (entry: string) => string): readonly Manifest[] => [
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: LOCAL_SECRETS_NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  },
  ...Object.entries(filled).map(([entry, stringData]) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: nameOf(entry), namespace: LOCAL_SECRETS_NAMESPACE },
    type: 'Opaque',
    stringData,
  })),
]
