import { createPublicKey } from 'node:crypto'
import { TEST_CHAIN_ID } from '@knowton/adapters/chain/testing'
import type { Hex } from '@knowton/core'
import { jwtVerify } from 'jose'
import { encodeFunctionData, serializeErc6492Signature } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { call, type MessageChange, newCaller, newMessage } from './testing/caller.ts'
import { type OpenService, openService } from './testing/open-service.ts'
import { openTestChain, type TestChain } from './testing/test-chain.ts'
import { walletFactoryAbi } from './testing/wallets.ts'

let chain: TestChain
let service: OpenService

beforeAll(async () => {
  chain = await openTestChain()
  service = await openService(chain)
})
afterAll(async () => {
  await service?.close()
  await chain?.anvil.stop()
})

const key = privateKeyToAccount(generatePrivateKey())
const minutesFromNow = (minutes: number) => new Date(service.clock.now.getTime() + minutes * 60_000)

const trySignIn = async (change: MessageChange) => {
  const message = await newMessage(service, key.address, change)
  return call(service, 'POST /auth/sign-in', { body: { message, signature: await key.signMessage({ message }) } })
}

test('a key signs in and gets a token that says who it is, for at most a quarter of an hour', async () => {
  const caller = await newCaller(service)
  const { payload, protectedHeader } = await jwtVerify(caller.token, createPublicKey(service.publicKeyPem), {
    issuer: 'knowton',
    audience: 'knowton',
    currentDate: service.clock.now,
  })
  expect(protectedHeader.alg).toBe('ES256')
  expect(payload.sub).toBe(`eip155:${TEST_CHAIN_ID}:${caller.address}`)
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(900)
  const me = await call(service, 'GET /creators/me', { token: caller.token })
  expect(me.json).toMatchObject({ account: caller.account, works: 0 })
})

test('a nonce serves once, and not again after a failure', async () => {
  const message = await newMessage(service, key.address)
  const right = { message, signature: await key.signMessage({ message }) }
  const wrong = { message, signature: await key.signMessage({ message: 'something else' }) }
  expect((await call(service, 'POST /auth/sign-in', { body: wrong })).json.code).toBe('auth.signature')
  expect((await call(service, 'POST /auth/sign-in', { body: right })).json.code).toBe('auth.nonce')
})

test('of many who use one nonce at once, one signs in', async () => {
  const message = await newMessage(service, key.address)
  const body = { message, signature: await key.signMessage({ message }) }
  const answers = await Promise.all(Array.from({ length: 8 }, () => call(service, 'POST /auth/sign-in', { body })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ json }) => json.code === 'auth.nonce')).toHaveLength(7)
})

test('a nonce is forgotten after five minutes', async () => {
  const message = await newMessage(service, key.address, { expirationTime: minutesFromNow(60) })
  const signature = await key.signMessage({ message })
  const before = service.clock.now
  service.clock.now = minutesFromNow(5)
  expect((await call(service, 'POST /auth/sign-in', { body: { message, signature } })).json.code).toBe('auth.nonce')
  service.clock.now = before
})

test('a nonce that was never given out is refused', async () => {
  expect((await trySignIn({ nonce: 'a'.repeat(32) })).json.code).toBe('auth.nonce')
})

test('a message for another place or time is refused with the reason', async () => {
  const refused: readonly [MessageChange, RegExp][] = [
    [{ domain: 'evil.example' }, /domain evil\.example/],
    [{ scheme: 'http' }, /scheme http/],
    [{ uri: 'https://evil.example' }, /URI https:\/\/evil/],
    [{ chainId: 1 }, /chain 1,/],
    [{ statement: 'Give me everything.' }, /statement/],
    [{ expirationTime: minutesFromNow(-1) }, /expired/],
    [{ notBefore: minutesFromNow(1) }, /not valid before/],
    [{ issuedAt: minutesFromNow(6) }, /in the future/],
    [{ issuedAt: minutesFromNow(-11) }, /too long ago/],
  ]
  for (const [change, why] of refused) {
    const { status, json } = await trySignIn(change)
    expect({ status, code: json.code }).toEqual({ status: 400, code: 'auth.message' })
    expect(json.detail).toMatch(why)
  }
})

test('text around a message, another version or a wrong checksum makes it no message', async () => {
  const message = await newMessage(service, key.address)
  const flipped = key.address.replace(/[a-fA-F](?=[^a-fA-F]*$)/, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
  const changed = [`Hello\n${message}`, `${message}\nP.S.`, message.replace(key.address, flipped), message.slice(1, 60)]
  for (const text of changed) {
    const body = { message: text, signature: await key.signMessage({ message: text }) }
    expect((await call(service, 'POST /auth/sign-in', { body })).json.code).toBe('auth.message')
  }
})

const walletOf = async (owner: Hex): Promise<Hex> =>
  chain.client.readContract({
    address: chain.contracts.walletFactory,
    abi: walletFactoryAbi,
    functionName: 'walletOf',
    args: [owner],
  })

const signInWallet = async (wallet: Hex, toSignature: (inner: Hex) => Hex) => {
  const message = await newMessage(service, wallet)
  const signature = toSignature(await key.signMessage({ message }))
  return call(service, 'POST /auth/sign-in', { body: { message, signature } })
}

test('a contract wallet signs in before and after it is deployed', async () => {
  const wallet = await walletOf(key.address)
  const deploying = { abi: walletFactoryAbi, functionName: 'deploy', args: [key.address] } as const
  const wrap = (signature: Hex) =>
    serializeErc6492Signature({
      address: chain.contracts.walletFactory,
      data: encodeFunctionData(deploying),
      signature,
    })
  expect((await signInWallet(wallet, (signature) => signature)).json.code).toBe('auth.signature')
  expect((await signInWallet(wallet, wrap)).json.account).toBe(`eip155:${TEST_CHAIN_ID}:${wallet.toLowerCase()}`)
  expect(await chain.client.getCode({ address: wallet })).toBeUndefined()
  await chain.write({ address: chain.contracts.walletFactory, ...deploying })
  expect((await signInWallet(wallet, (signature) => signature)).status).toBe(200)
  expect((await signInWallet(wallet, wrap)).status).toBe(200)
})

test("another owner's wallet is not opened", async () => {
  const stranger = privateKeyToAccount(generatePrivateKey())
  const wallet = await walletOf(stranger.address)
  await chain.write({
    address: chain.contracts.walletFactory,
    abi: walletFactoryAbi,
    functionName: 'deploy',
    args: [stranger.address],
  })
  expect((await signInWallet(wallet, (signature) => signature)).json.code).toBe('auth.signature')
})

test('while the chain does not answer, keys sign in and contract wallets are told so', async () => {
  const cut = await openService({ contracts: chain.contracts, anvil: { rpcUrl: 'http://127.0.0.1:1' } })
  const caller = await newCaller(cut)
  expect(caller.token).toMatch(/^ey/)
  const message = await newMessage(cut, await walletOf(key.address))
  const body = { message, signature: await key.signMessage({ message }) }
  expect((await call(cut, 'POST /auth/sign-in', { body })).json).toMatchObject({
    code: 'chain.unreachable',
    status: 503,
  })
  await cut.close()
})

const refresh = (refreshToken: string) => call(service, 'POST /auth/refresh', { body: { refreshToken } })

test('a refresh token is exchanged once; using it again closes everything that came of it', async () => {
  const { refreshToken, account } = await newCaller(service)
  const second = await refresh(refreshToken)
  expect(second.json.account).toBe(account)
  const third = await refresh(second.json.refreshToken)
  expect(third.status).toBe(200)
  expect((await refresh(refreshToken)).json.code).toBe('auth.reuse')
  expect((await refresh(third.json.refreshToken)).json.code).toBe('auth.refresh')
})

test('of two uses of one refresh token at once, only one gets a pair, and it is closed', async () => {
  const { refreshToken } = await newCaller(service)
  const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401])
  const won = answers.find(({ status }) => status === 200)
  expect((await refresh(won?.json.refreshToken)).json.code).toBe('auth.refresh')
})

test('a refresh token ends with its session, with its time, and was never a guess', async () => {
  const caller = await newCaller(service)
  await call(service, 'POST /auth/sign-out', { body: { refreshToken: caller.refreshToken } })
  expect((await refresh(caller.refreshToken)).json.code).toBe('auth.refresh')
  expect((await refresh('A'.repeat(43))).json.code).toBe('auth.refresh')
  const late = await newCaller(service)
  const before = service.clock.now
  service.clock.now = minutesFromNow(30 * 24 * 60)
  expect((await refresh(late.refreshToken)).json.code).toBe('auth.refresh')
  service.clock.now = before
})

test('refresh tokens are not in the database', async () => {
  const { refreshToken } = await newCaller(service)
  const rows = await service.db.query<{ readonly text: string }>(
    'SELECT (refresh_token.*)::text AS text FROM refresh_token UNION ALL SELECT (session.*)::text FROM session',
    [],
  )
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.filter(({ text }) => text.includes(refreshToken))).toEqual([])
})

test('an account says of itself what it likes, and others can read it', async () => {
  const { token, account } = await newCaller(service)
  const changed = await call(service, 'PATCH /creators/me', { token, body: { displayName: ' Ada \u{1f3b9} ' } })
  expect(changed.json).toMatchObject({ displayName: 'Ada \u{1f3b9}', bio: '' })
  expect((await call(service, `GET /creators/${account}`)).json).toEqual(changed.json)
  expect((await call(service, `GET /creators/eip155:1:0x${'1'.repeat(40)}`)).json.code).toBe('creator.unknown')
})
