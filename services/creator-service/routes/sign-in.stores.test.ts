import { createPublicKey } from 'node:crypto'
import { TEST_CHAIN_ID } from '@knowton/adapters/chain/testing'
import { type Hex, lowerCase } from '@knowton/core'
import { accepted } from '@knowton/kit/testing'
import { jwtVerify } from 'jose'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { type MessageChange, newCaller, newMessage } from '../testing/sign-in.ts'
import { openTestChain, type TestChain } from '../testing/test-chain.ts'
import { openWallets, type Wallets } from '../testing/wallets.ts'

let chain: TestChain
let wallets: Wallets
let service: Creator

beforeAll(async () => {
  chain = await openTestChain()
  wallets = await openWallets(chain)
  service = await openCreator({ chain })
})
afterAll(async () => {
  await service?.close()
  await chain?.stop()
})

const key = privateKeyToAccount(generatePrivateKey())
const minutesFromNow = (minutes: number) => new Date(service.clock.now.getTime() + minutes * 60_000)
const signIn = (message: string, signature: Hex, at = service) => at.call('signIn', { body: { message, signature } })
const trySignIn = async (change: MessageChange) => {
  const message = await newMessage(service, key.address, change)
  return signIn(message, await key.signMessage({ message }))
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
  const me = accepted(await service.call('getMe', {}, { token: caller.token }))
  expect(me).toMatchObject({ account: caller.account, works: 0 })
})

test('a nonce serves once, and not again after a failure', async () => {
  const message = await newMessage(service, key.address)
  const wrong = await signIn(message, await key.signMessage({ message: 'something else' }))
  expect(wrong).toMatchObject({ status: 401, problem: { code: 'auth.signature' } })
  const right = await signIn(message, await key.signMessage({ message }))
  expect(right).toMatchObject({ status: 401, problem: { code: 'auth.nonce' } })
})

test('of many who use one nonce at once, one signs in', async () => {
  const message = await newMessage(service, key.address)
  const signature = await key.signMessage({ message })
  const answers = await Promise.all(Array.from({ length: 8 }, () => signIn(message, signature)))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect(answers.filter((answer) => !answer.ok && answer.problem.code === 'auth.nonce')).toHaveLength(7)
})

test('a nonce is forgotten after five minutes', async () => {
  const message = await newMessage(service, key.address, { expirationTime: minutesFromNow(60) })
  const signature = await key.signMessage({ message })
  const before = service.clock.now
  service.clock.now = minutesFromNow(5)
  expect(await signIn(message, signature)).toMatchObject({ problem: { code: 'auth.nonce' } })
  service.clock.now = before
})

test('a nonce that was never given out is refused', async () => {
  expect(await trySignIn({ nonce: 'a'.repeat(32) })).toMatchObject({ problem: { code: 'auth.nonce' } })
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
  for (const [change, detail] of refused) {
    expect(await trySignIn(change)).toMatchObject({
      status: 400,
      problem: { code: 'auth.message', detail: expect.stringMatching(detail) },
    })
  }
})

test('text around a message, another version or a wrong checksum makes it no message', async () => {
  const message = await newMessage(service, key.address)
  const flipped = key.address.replace(/[a-fA-F](?=[^a-fA-F]*$)/, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
  const changed = [`Hello\n${message}`, `${message}\nP.S.`, message.replace(key.address, flipped), message.slice(1, 60)]
  for (const text of changed) {
    const answer = await signIn(text, await key.signMessage({ message: text }))
    expect(answer).toMatchObject({ problem: { code: 'auth.message' } })
  }
})

const signInWallet = async (wallet: Hex, wrap: (signature: Hex) => Hex) => {
  const message = await newMessage(service, wallet)
  return signIn(message, wrap(await key.signMessage({ message })))
}
const plain = (signature: Hex) => signature

test('a contract wallet signs in before and after it is deployed', async () => {
  const wallet = await wallets.walletOf(key.address)
  const wrapped = (signature: Hex) => wallets.wrap(key.address, signature)
  expect(await signInWallet(wallet, plain)).toMatchObject({ problem: { code: 'auth.signature' } })
  expect(accepted(await signInWallet(wallet, wrapped)).account).toBe(`eip155:${TEST_CHAIN_ID}:${lowerCase(wallet)}`)
  expect(await chain.client.getCode({ address: wallet })).toBeUndefined()
  await wallets.deploy(key.address)
  expect((await signInWallet(wallet, plain)).status).toBe(200)
  expect((await signInWallet(wallet, wrapped)).status).toBe(200)
})

test("another owner's wallet is not opened", async () => {
  const stranger = privateKeyToAccount(generatePrivateKey())
  await wallets.deploy(stranger.address)
  const wallet = await wallets.walletOf(stranger.address)
  expect(await signInWallet(wallet, plain)).toMatchObject({ problem: { code: 'auth.signature' } })
})

test('while the chain does not answer, keys sign in and contract wallets are told so', async () => {
  const cut = await openCreator()
  expect((await newCaller(cut)).token).toMatch(/^ey/)
  const message = await newMessage(cut, await wallets.walletOf(key.address))
  expect(await signIn(message, await key.signMessage({ message }), cut)).toMatchObject({
    status: 503,
    problem: { code: 'chain.unreachable' },
  })
  await cut.close()
})
