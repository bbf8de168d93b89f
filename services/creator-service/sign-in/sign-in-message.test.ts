import { createSiweMessage } from 'viem/siwe'
import { expect, test } from 'vitest'
import { messageFault, STATEMENT } from './message-fault.ts'
import { parseSignInMessage, type SignInMessage } from './parse-message.ts'

const now = new Date('2026-05-01T12:00:00Z')
const place = {
  domain: 'knowton.example:8000',
  uri: 'http://knowton.example:8000',
  chainId: 31_337,
} as const
const fields = {
  address: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
  domain: place.domain,
  uri: place.uri,
  chainId: place.chainId,
  nonce: 'abcdef0123456789',
  statement: STATEMENT,
  version: '1',
  issuedAt: now,
} as const

const parse = (text: string): SignInMessage => {
  const message = parseSignInMessage(text)
  if (message === undefined) throw new Error(`no message: ${text}`)
  return message
}

test('reads what wallets write', () => {
  const text = createSiweMessage({
    ...fields,
    scheme: 'http',
    expirationTime: new Date(now.getTime() + 1),
    notBefore: now,
    requestId: 'x y',
    resources: ['https://a.example/1', 'ipfs://b'],
  })
  expect(parse(text)).toEqual({
    scheme: 'http',
    domain: place.domain,
    address: fields.address.toLowerCase(),
    statement: STATEMENT,
    uri: place.uri,
    version: '1',
    chainId: '31337',
    nonce: fields.nonce,
    issuedAt: now.toISOString(),
    expirationTime: '2026-05-01T12:00:00.001Z',
    notBefore: now.toISOString(),
  })
  expect(messageFault(parse(text), place, now)).toBeUndefined()
})

const message = parse(createSiweMessage(fields))

test('takes times with and without fractions and with an offset, and the URI with and without a slash', () => {
  for (const issuedAt of ['2026-05-01T12:00:00Z', '2026-05-01T14:00:00.5+02:00']) {
    expect(messageFault({ ...message, issuedAt }, place, now)).toBeUndefined()
  }
  expect(messageFault({ ...message, uri: `${place.uri}/` }, place, now)).toBeUndefined()
})

test('refuses what only looks like this place', () => {
  const changes: readonly Partial<SignInMessage>[] = [
    { domain: 'knowton.example' },
    { domain: 'knowton.example:80000' },
    { domain: 'sub.knowton.example:8000' },
    { uri: 'https://knowton.example:8000' },
    { uri: 'http://user@knowton.example:8000' },
    { uri: 'not a uri' },
    { version: '2' },
    { chainId: '031337' },
    { statement: undefined },
    { statement: `${STATEMENT} ` },
    { issuedAt: '1 May 2026' },
    { issuedAt: '2026-05-01' },
    { expirationTime: 'never' },
    { expirationTime: now.toISOString() },
    { notBefore: 'now' },
  ]
  for (const change of changes) expect(messageFault({ ...message, ...change }, place, now)).toBeTypeOf('string')
})

test('takes no line that is missing, twice, or in another order', () => {
  const lines = createSiweMessage(fields).split('\n')
  for (let at = 0; at < lines.length; at += 1) {
    // Without the statement it is still a message.
    if (at === 3) continue
    const without = lines.toSpliced(at, 1).join('\n')
    const twice = lines.toSpliced(at, 0, lines[at] ?? '').join('\n')
    expect([without, twice].map(parseSignInMessage)).toEqual([undefined, undefined])
  }
  const swapped = [...lines.slice(0, -2), lines.at(-1), lines.at(-2)].join('\n')
  expect(parseSignInMessage(swapped)).toBeUndefined()
})
