import { randomUUID } from 'node:crypto'
import type { Hex } from '@knowton/core'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { createSiweMessage } from 'viem/siwe'
import type { OpenService } from './open-service.ts'

/** An answer as it came: status, headers, and the body as JSON when it is. */
export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every route
  readonly json: any
}

export type Request = {
  readonly token?: string
  readonly body?: unknown
  readonly bytes?: NonNullable<RequestInit['body']>
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends a request to the service: `call(service, 'POST /auth/nonce')`; each POST gets an idempotency key of its own. */
export const call = async (
  { url }: Pick<OpenService, 'url'>,
  what: `${string} /${string}`,
  request: Request = {},
): Promise<Answer> => {
  const [method = '', path = ''] = what.split(' ')
  const body = request.bytes ?? (request.body === undefined ? undefined : JSON.stringify(request.body))
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(request.token !== undefined && { authorization: `Bearer ${request.token}` }),
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
      ...(request.bytes !== undefined && { 'content-type': 'application/octet-stream' }),
      ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
      ...request.headers,
    },
    ...(body !== undefined && { body }),
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, bytes, json: isJson ? JSON.parse(bytes.toString()) : {} }
}

/** What can be changed about a sign-in message that is otherwise right. */
export type MessageChange = Partial<Parameters<typeof createSiweMessage>[0]>

/** A sign-in message for `address` with a nonce of its own. */
export const newMessage = async (service: OpenService, address: Hex, change: MessageChange = {}): Promise<string> => {
  const { json: terms } = await call(service, 'POST /auth/nonce', { body: {} })
  return createSiweMessage({
    address,
    domain: terms.domain,
    uri: terms.uri,
    chainId: terms.chainId,
    nonce: terms.nonce,
    statement: terms.statement,
    version: '1',
    issuedAt: service.clock.now,
    expirationTime: new Date(terms.expirationTime),
    ...change,
  })
}

/** Someone with a key who has signed in. */
export type Caller = {
  readonly key: PrivateKeyAccount
  readonly address: Hex
  readonly account: string
  readonly token: string
  readonly refreshToken: string
}

/** Whose key signs, for which account, in which form. */
export type Signer = {
  readonly key: PrivateKeyAccount
  readonly address: Hex
  readonly wrap: (signature: Hex) => Hex
}

const newKey = (): Signer => {
  const key = privateKeyToAccount(generatePrivateKey())
  return { key, address: key.address, wrap: (signature) => signature }
}

/** Signs someone in, a new key when nobody is named. */
export const newCaller = async (service: OpenService, signer = newKey()): Promise<Caller> => {
  const { key } = signer
  const message = await newMessage(service, signer.address)
  const signature = signer.wrap(await key.signMessage({ message }))
  const { json } = await call(service, 'POST /auth/sign-in', { body: { message, signature } })
  const address: Hex = `0x${signer.address.slice(2).toLowerCase()}`
  return { key, address, account: json.account, token: json.accessToken, refreshToken: json.refreshToken }
}

/** Announces `bytes` and sends them; answers with the upload. */
export const upload = async (
  service: OpenService,
  { token }: Pick<Caller, 'token'>,
  bytes: Uint8Array<ArrayBuffer>,
  fileName = 'work.bin',
): Promise<Answer['json']> => {
  const body = { fileName, sizeBytes: bytes.byteLength }
  const { json } = await call(service, 'POST /content/uploads', { token, body })
  return (await call(service, `PUT /content/uploads/${json.id}/bytes`, { token, bytes })).json
}
