import { createServer, type Server } from 'node:http'
import { Fault } from '@knowton/core'
import { afterEach, expect, test } from 'vitest'
import { createBlockSource } from './block-source.ts'
import { createChainClient } from './create-chain-client.ts'
import { createTransactionNode } from './transaction-node.ts'

let server: Server | undefined
afterEach(async () => {
  await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())))
  server = undefined
})

/** A node that answers every request in one way; `asked` counts them. */
const nodeThat = async (answer: (id: number) => { readonly status: number; readonly body: unknown } | 'hang up') => {
  const state = { asked: 0 }
  const opened = createServer((request, response) => {
    state.asked += 1
    const told = answer(state.asked)
    if (told === 'hang up') {
      request.socket.destroy()
      return
    }
    let text = ''
    request.on('data', (part: Buffer) => {
      text += part.toString()
    })
    request.on('end', () => {
      const { id } = JSON.parse(text) as { readonly id: number }
      response.writeHead(told.status, { 'content-type': 'application/json', connection: 'close' })
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...(told.body as object) }))
    })
  })
  server = opened
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve))
  const address = opened.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const client = createChainClient({ rpcUrl: `http://127.0.0.1:${port}`, chainId: 31_337 })
  return { state, blocks: createBlockSource(client), node: createTransactionNode(client) }
}
const { signal } = new AbortController()
const failing = (code: number) => () => ({ status: 200, body: { error: { code, message: 'no' } } })

test.each([
  ['hangs up', () => 'hang up' as const],
  ['answers 503', () => ({ status: 503, body: {} })],
  ['answers 429', () => ({ status: 429, body: {} })],
  ['fails inside', failing(-32_603)],
  ['is over its limit', failing(-32_005)],
])('a node that %s is unreachable: to be asked again later, but not by the client itself', async (_, answer) => {
  const { blocks, node, state } = await nodeThat(answer)
  const unreachable = { code: 'chain.unreachable', retry: 'later' }
  await expect(blocks.block('latest', signal)).rejects.toMatchObject(unreachable)
  await expect(node.send('0x00', signal)).rejects.toMatchObject(unreachable)
  expect(state.asked).toBe(2)
})

test('nobody listening is unreachable', async () => {
  const client = createChainClient({ rpcUrl: 'http://127.0.0.1:1', chainId: 31_337 })
  await expect(createBlockSource(client).block(1, signal)).rejects.toMatchObject({ code: 'chain.unreachable' })
})

test.each([-32_000, -32_003, -32_602])(
  'a transaction that the node answers with error %i to is refused, not unreachable',
  async (code) => {
    const { node, blocks } = await nodeThat(failing(code))
    expect(await node.send('0x00', signal)).toBe('refused')
    await expect(blocks.block(1, signal)).rejects.toMatchObject({ code: 'chain.refused', retry: 'never' })
  },
)

test('a block that the node does not have is not there, which is no error', async () => {
  const { blocks } = await nodeThat(() => ({ status: 200, body: { result: null } }))
  expect(await blocks.block(9, signal)).toBeUndefined()
})

test('who gives up gets its own reason, not a fault of the chain', async () => {
  const { blocks } = await nodeThat(() => 'hang up')
  const stopping = new AbortController()
  const reason = new Error('draining')
  stopping.abort(reason)
  const failure = await blocks.block('latest', stopping.signal).catch((error: unknown) => error)
  expect(failure).toBe(reason)
  expect(failure).not.toBeInstanceOf(Fault)
})
