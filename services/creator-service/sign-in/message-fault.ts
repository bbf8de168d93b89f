import * as z from 'zod'
import type { Contracts, Origin } from '../ports.ts'
import type { SignInMessage } from './parse-message.ts'

/** Where a message signs in. */
export type SignInPlace = Origin & Pick<Contracts, 'chainId'>

/** What a sign-in message must say to its reader. */
export const STATEMENT = 'Sign in to KnowTon. This costs nothing and moves nothing.'

/** A nonce is good for five minutes. */
export const NONCE_MS = 5 * 60_000

/** How far a wallet's clock may be off. */
const CLOCK_SKEW_MS = 5 * 60_000

/** Why a sign-in message is not one for this place and time, as a sentence; undefined when it is. */
export const messageFault = (message: SignInMessage, place: SignInPlace, now: Date): string | undefined =>
  placeFault(message, place) ?? timeFault(message, now)

const placeFault = (message: SignInMessage, place: SignInPlace): string | undefined => {
  const { protocol } = new URL(place.uri)
  if (message.domain.toLowerCase() !== place.domain) {
    return `The message is for the domain ${message.domain}, this is ${place.domain}.`
  }
  if (message.scheme !== undefined && `${message.scheme.toLowerCase()}:` !== protocol) {
    return `The message names the scheme ${message.scheme}, this is ${protocol.slice(0, -1)}.`
  }
  if (originOf(message.uri) !== place.uri) return `The message names the URI ${message.uri}, it must be ${place.uri}.`
  if (message.version !== '1') return `The message has version ${message.version}, it must be 1.`
  if (message.chainId !== String(place.chainId)) {
    return `The message is for chain ${message.chainId}, this is chain ${place.chainId}.`
  }
  return message.statement === STATEMENT ? undefined : `The statement must be: ${STATEMENT}`
}

const originOf = (uri: string): string | undefined => {
  const url = URL.parse(uri)
  return url !== null && url.username === '' && url.password === '' ? url.origin : undefined
}

const dateTime = z.iso.datetime({ offset: true })
const parseInstant = (text: string): number => (dateTime.safeParse(text).success ? Date.parse(text) : Number.NaN)

const timeFault = ({ issuedAt, expirationTime, notBefore }: SignInMessage, now: Date): string | undefined => {
  const nowMs = now.getTime()
  const issued = parseInstant(issuedAt)
  if (Number.isNaN(issued)) return 'Issued At is no date and time (RFC 3339).'
  if (issued > nowMs + CLOCK_SKEW_MS) return `The message was issued at ${issuedAt}, which is in the future.`
  if (issued < nowMs - NONCE_MS - CLOCK_SKEW_MS) return `The message was issued at ${issuedAt}, which is too long ago.`
  if (expirationTime !== undefined && !(parseInstant(expirationTime) > nowMs)) {
    return `The message expired at ${expirationTime}.`
  }
  if (notBefore !== undefined && !(parseInstant(notBefore) <= nowMs)) {
    return `The message is not valid before ${notBefore}.`
  }
  return undefined
}
