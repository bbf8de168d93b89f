import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hex } from '@knowton/core'
import * as z from 'zod'

/** Everything secret in a local run; made at the first start, never in the repository. */
export type Keys = {
  /** PKCS #8 PEM; signs access tokens (ES256). */
  readonly accessTokenKey: string
  /** SPKI PEM of the same key pair. */
  readonly accessTokenPublicKey: string
  /** Sends the platform's transactions. */
  readonly relayerKey: Hex
  /** Deploys the contracts and owns the exchange. */
  readonly deployerKey: Hex
  /** Of the superuser and of each role, by name. */
  readonly postgresPasswords: Readonly<Record<string, string>>
}

/** Reads the keys in `folder` and makes those that are missing, readable by this user only. */
export const ensureKeys = (folder: string, roles: readonly string[]): Keys => ({
  ...tokenKeys(folder),
  relayerKey: hexKey(join(folder, 'relayer.key')),
  deployerKey: hexKey(join(folder, 'deployer.key')),
  postgresPasswords: passwords(join(folder, 'postgres.json'), ['postgres', ...roles]),
})

const tokenKeys = (folder: string): Pick<Keys, 'accessTokenKey' | 'accessTokenPublicKey'> => {
  const [privateFile, publicFile] = [join(folder, 'access-token.pem'), join(folder, 'access-token.public.pem')]
  if (!existsSync(privateFile) || !existsSync(publicFile)) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    writeSecret(privateFile, privateKey)
    writeSecret(publicFile, publicKey)
  }
  return { accessTokenKey: readFileSync(privateFile, 'utf8'), accessTokenPublicKey: readFileSync(publicFile, 'utf8') }
}

/** 32 random bytes; not below the order of secp256k1 with probability 2^-128. */
const hexKey = (file: string): Hex => {
  if (!existsSync(file)) writeSecret(file, `0x${randomBytes(32).toString('hex')}\n`)
  return parseHexKey(readFileSync(file, 'utf8').trim(), file)
}

const parseHexKey = (text: string, file: string): Hex => {
  if (!/^0x[0-9a-f]{64}$/.test(text)) throw new Error(`${file} does not hold a private key (0x and 64 hex digits).`)
  return text as Hex
}

const passwords = (file: string, roles: readonly string[]): Readonly<Record<string, string>> => {
  const known = existsSync(file) ? z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8'))) : {}
  const missing = roles.filter((role) => known[role] === undefined)
  if (missing.length === 0) return known
  const all = { ...known, ...Object.fromEntries(missing.map((role) => [role, randomBytes(24).toString('base64url')])) }
  writeSecret(file, JSON.stringify(all, undefined, 2))
  return all
}

const writeSecret = (file: string, content: string): void => writeFileSync(file, content, { mode: 0o600 })
