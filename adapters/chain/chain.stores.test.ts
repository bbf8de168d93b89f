import { Fault } from '@knowton/core'
import { afterEach, expect, test } from 'vitest'
import { createBlockSource } from './block-source.ts'
import { createChainClient } from './create-chain-client.ts'
import { type NodeAnswer, type ScriptedNode, startScriptedNode } from './testing/scripted-node.ts'
import { createTransactionNode } from './transaction-node.ts'

let opened: ScriptedNode | undefined
afterEach(async () => {
  await opened?.stop()
  opened = undefined
})

/** A node that answers its n-th request so; `asked` counts them. */
const nodeThat = async (answer: (n: number) => NodeAnswer) => {
  const scripted = await startScriptedNode(answer)
  opened = scripted
  const client = createChainClient({ rpcUrl: scripted.rpcUrl, chainId: 31_337 })
  return { asked: scripted.asked, blocks: createBlockSource(client), node: createTransactionNode(client) }
}
const { signal } = new AbortController()
const failing = (code: number) => () => ({ error: { code, message: 'no' } })

test.each([
  ['hangs up', () => 'hangs up' as const],
  ['answers 503', () => ({ status: 503 })],
  ['answers 429', () => ({ status: 429 })],
  ['fails inside', failing(-32_603)],
  ['is over its limit', failing(-32_005)],
])('a node that %s is unreachable: to be asked again later, but not by the client itself', async (_, answer) => {
  const { blocks, node, asked } = await nodeThat(answer)
  const unreachable = { code: 'chain.unreachable', retry: 'later' }
  await expect(blocks.block('latest', signal)).rejects.toMatchObject(unreachable)
  await expect(node.send('0x00', signal)).rejects.toMatchObject(unreachable)
  expect(asked()).toBe(2)
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
  const { blocks } = await nodeThat(() => ({ result: null }))
  expect(await blocks.block(9, signal)).toBeUndefined()
})

test('who gives up gets its own reason, not a fault of the chain', async () => {
  const { blocks } = await nodeThat(() => 'hangs up')
  const stopping = new AbortController()
  const reason = new Error('draining')
  stopping.abort(reason)
  const failure = await blocks.block('latest', stopping.signal).catch((error: unknown) => error)
  expect(failure).toBe(reason)
  expect(failure).not.toBeInstanceOf(Fault)
})
