import type { Hex } from '@knowton/core'
import { isAddress } from 'viem'

/** The fields of a sign-in message (EIP-4361), all as they were signed but the address, which is in lower case. */
export type SignInMessage = {
  readonly scheme: string | undefined
  readonly domain: string
  readonly address: Hex
  readonly statement: string | undefined
  readonly uri: string
  readonly version: string
  readonly chainId: string
  readonly nonce: string
  readonly issuedAt: string
  readonly expirationTime: string | undefined
  readonly notBefore: string | undefined
}

/** The whole message: nothing may precede, follow or stand between its lines. */
const GRAMMAR = new RegExp(
  [
    '^(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?<domain>[^\\s/?#@]+) wants you to sign in with your Ethereum account:\\n',
    '(?<address>0x[0-9a-fA-F]{40})\\n\\n',
    '(?:(?<statement>[^\\n]+)\\n)?\\n',
    'URI: (?<uri>\\S+)\\n',
    'Version: (?<version>\\d+)\\n',
    'Chain ID: (?<chainId>\\d+)\\n',
    'Nonce: (?<nonce>[A-Za-z0-9]{8,})\\n',
    'Issued At: (?<issuedAt>\\S+)',
    '(?:\\nExpiration Time: (?<expirationTime>\\S+))?',
    '(?:\\nNot Before: (?<notBefore>\\S+))?',
    '(?:\\nRequest ID: [^\\n]*)?',
    '(?:\\nResources:(?:\\n- [^\\n]+)*)?$',
  ].join(''),
)

/** Reads a sign-in message; undefined when it is not one, or when the checksum of its address is wrong. */
export const parseSignInMessage = (message: string): SignInMessage | undefined => {
  const groups = GRAMMAR.exec(message)?.groups
  if (groups === undefined) return undefined
  const { address = '', domain = '', uri = '', version = '', chainId = '', nonce = '', issuedAt = '' } = groups
  const isPlain = address.slice(2).toLowerCase() === address.slice(2)
  if (!isPlain && !isAddress(address, { strict: true })) return undefined
  return {
    scheme: groups.scheme,
    domain,
    address: `0x${address.slice(2).toLowerCase()}`,
    statement: groups.statement,
    uri,
    version,
    chainId,
    nonce,
    issuedAt,
    expirationTime: groups.expirationTime,
    notBefore: groups.notBefore,
  }
}
