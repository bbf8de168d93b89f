import type { Hex } from '@knowton/core'
import type { PublicClient } from 'viem'
import { expect, test } from 'vitest'
import { createChainClient } from '../create-chain-client.ts'
import { TEST_CHAIN_ID } from './anvil.ts'
import { type NodeAnswer, startScriptedNode } from './scripted-node.ts'

type Signed = { readonly account: Hex; readonly digest: Hex; readonly signature: Hex }
type Approves = (signed: Signed, signal: AbortSignal) => Promise<boolean>

/** What a contract answers with that approves (ERC-1271). */
const APPROVED: Hex = `0x1626ba7e${'0'.repeat(56)}`
const OTHER: Hex = `0xffffffff${'0'.repeat(56)}`
const SIGNED: Signed = { account: `0x${'a'.repeat(40)}`, digest: `0x${'d'.repeat(64)}`, signature: '0x12' }

/** How long a client waits that is to find out that a node never answers: short, since nothing else is waited for. */
export const SILENCE_MS = 100

const { signal } = new AbortController()
const failing = (code: number, data?: Hex): NodeAnswer => ({
  error: { code, message: 'no', ...(data !== undefined && { data }) },
})

/** Answers of a node from which nothing follows about what it was asked, each with what the node does. */
export const unanswered: readonly (readonly [string, NodeAnswer])[] = [
  ['is over its limit (-32005)', failing(-32_005)],
  ['fails inside (-32603)', failing(-32_603)],
  ['has no resources (-32002)', failing(-32_002)],
  ['answers 429', { status: 429 }],
  ['answers 503', { status: 503 }],
  ['hangs up', 'hangs up'],
  ['is silent', 'is silent'],
]
const refusals: readonly (readonly [string, NodeAnswer])[] = [
  ['answers with another value', { result: OTHER }],
  ['answers with less than a word', { result: '0x1626ba7e' }],
  ['has no code', { result: '0x' }],
  ['reverts', failing(3, '0x')],
  ['reverts, which its node tells as a failure inside', failing(-32_603, '0x08c379a0')],
  ['runs out of gas', failing(-32_000)],
]

/**
 * What everything that asks contracts for signatures (ERC-1271) does; run by each that does. `open` gets the client of a
 * node: what is known of nothing but a failure is a fault that passes, never a no. `yes` is the word that approves.
 */
export const behavesAsSignatureCheck = (open: (client: PublicClient) => Approves, yes = APPROVED): void => {
  const ask = async (answer: NodeAnswer): Promise<boolean> => {
    const node = await startScriptedNode(() => answer)
    const waits = answer === 'is silent' ? { timeoutMs: SILENCE_MS } : {}
    try {
      return await open(createChainClient({ rpcUrl: node.rpcUrl, chainId: TEST_CHAIN_ID, ...waits }))(SIGNED, signal)
    } finally {
      await node.stop()
    }
  }
  test.each(unanswered)('a signature is neither good nor bad while the node %s', async (_, answer) => {
    await expect(ask(answer)).rejects.toMatchObject({ code: 'chain.unreachable', retry: 'later' })
  })
  test.each(refusals)('a contract account that %s does not approve', async (_, answer) => {
    expect(await ask(answer)).toBe(false)
  })
  test('a contract account that answers with the word for it approves', async () => {
    expect(await ask({ result: yes })).toBe(true)
  })
}
