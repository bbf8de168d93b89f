import { randomUUID } from 'node:crypto'
import { createSiweMessage } from 'viem/siwe'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Connection, meet, type Person } from '../story/connect.ts'
import { readConnection } from '../story/run-record.ts'
import { signIn } from '../story/sign-in.ts'

let connection: Connection
let person: Person
beforeAll(async () => {
  connection = await readConnection(inject('platformHome'))
  person = await meet(connection, 'Eve')
})

const attempt = async (change: Partial<Parameters<typeof createSiweMessage>[0]>, signer = person) => {
  const auth = person.api['creator-service']
  const terms = await auth.createNonce({})
  const message = createSiweMessage({
    address: person.account.address,
    chainId: terms.chainId,
    domain: terms.domain,
    nonce: terms.nonce,
    uri: terms.uri,
    version: '1',
    statement: terms.statement,
    issuedAt: new Date(),
    expirationTime: terms.expirationTime,
    ...change,
  })
  return { message, signature: await signer.account.signMessage({ message }) }
}

describe('sign-in', () => {
  test.each([
    ['another chain', { chainId: 1 }],
    ['another site', { domain: 'evil.example' }],
    ['another address of the site', { uri: 'https://evil.example/login' }],
    ['a nonce we never gave', { nonce: 'abcdefgh12345678' }],
    ['an expired message', { expirationTime: new Date(Date.now() - 1000) }],
    ['a message of the future', { notBefore: new Date(Date.now() + 3_600_000) }],
  ])('refuses a message for %s', async (_, change) => {
    const body = await attempt(change)
    await expect(person.api['creator-service'].signIn({ body })).rejects.toMatchObject({
      status: expect.toSatisfy((status: number) => status === 400 || status === 401),
      code: expect.stringMatching(/^auth\./),
    })
  })

  test("refuses a message signed by someone else's wallet", async () => {
    const stranger = await meet(connection, 'Mallory')
    const body = await attempt({}, stranger)
    await expect(person.api['creator-service'].signIn({ body })).rejects.toMatchObject({ code: 'auth.signature' })
  })

  test('takes a signed message once', async () => {
    const body = await attempt({})
    await person.api['creator-service'].signIn({ body })
    await expect(person.api['creator-service'].signIn({ body })).rejects.toMatchObject({ code: 'auth.nonce' })
  })

  test('closes the session when a used refresh token comes back', async () => {
    const auth = person.api['creator-service']
    const session = await signIn(person)
    const next = await auth.refresh({ body: { refreshToken: session.refreshToken } })
    await expect(auth.refresh({ body: { refreshToken: session.refreshToken } })).rejects.toMatchObject({
      code: 'auth.reuse',
    })
    await expect(auth.refresh({ body: { refreshToken: next.refreshToken } })).rejects.toMatchObject({ status: 401 })
  })
})

describe('an idempotency key', () => {
  test('gives the same answer to the same request and refuses another', async () => {
    await signIn(person)
    const content = person.api['creator-service']
    const idempotencyKey = randomUUID()
    const announce = (fileName: string) => content.createUpload({ body: { fileName, sizeBytes: 3 }, idempotencyKey })
    const first = await announce('a.txt')
    expect(await announce('a.txt')).toEqual(first)
    await expect(announce('b.txt')).rejects.toMatchObject({ status: 409, code: 'idempotency.reused' })
  })

  test('is asked for where value is made', async () => {
    const response = await fetch(`${connection.gatewayUrl}/api/v1/content/uploads`, {
      method: 'POST',
      headers: { authorization: `Bearer ${(await signIn(person)).accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ fileName: 'a.txt', sizeBytes: 3 }),
    })
    expect(await response.json()).toMatchObject({ status: 400, code: 'idempotency.missing' })
  })
})

describe('an upload', () => {
  const announce = (fileName: string, sizeBytes: number, sha256?: string) =>
    person.api['creator-service'].createUpload({
      body: { fileName, sizeBytes, ...(sha256 === undefined ? {} : { sha256 }) },
      idempotencyKey: randomUUID(),
    })
  const send = (uploadId: string, text: string) =>
    person.api['creator-service'].putUploadBytes({ params: { uploadId }, body: new Blob([text]) })

  test.each(['../../etc/passwd', 'CON', 'a\nb.txt', '\u202Egpj.exe', '💾'.repeat(60), '.', "'; rm -rf /"])(
    'named %j is stored under an id, with its name as text',
    async (fileName) => {
      await signIn(person)
      const upload = await announce(fileName, 5)
      const stored = await send(upload.id, 'hello')
      expect(stored).toMatchObject({ state: 'stored', sizeBytes: 5, kind: 'text' })
      expect(stored.sha256).toBe('0x2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824')
    },
  )

  test('with fewer or other bytes than announced leaves nothing behind', async () => {
    await signIn(person)
    const short = await announce('short.txt', 10)
    await expect(send(short.id, 'hello')).rejects.toMatchObject({ code: 'upload.size' })
    const other = await announce('other.txt', 5, `0x${'0'.repeat(64)}`)
    await expect(send(other.id, 'hello')).rejects.toMatchObject({ code: 'upload.digest' })
    const state = await person.api['creator-service'].getUpload({ params: { uploadId: other.id } })
    expect(state).toMatchObject({ sha256: null, cid: null, failure: expect.stringMatching(/\w/) })
  })

  test("of someone else's is nobody's business", async () => {
    await signIn(person)
    const mine = await announce('mine.txt', 5)
    const stranger = await meet(connection, 'Mallory')
    await signIn(stranger)
    await expect(stranger.api['creator-service'].getUpload({ params: { uploadId: mine.id } })).rejects.toMatchObject({
      status: 404,
    })
  })
})
