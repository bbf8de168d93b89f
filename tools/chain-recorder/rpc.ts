import { Fault } from '@knowton/core'
import * as z from 'zod'

const answer = z.object({
  result: z.unknown().optional(),
  error: z.object({ code: z.number(), message: z.string() }).optional(),
})

/** One JSON-RPC call on the chain; an error answer or a silent node is a fault. */
export const callChain = async (
  rpcUrl: string,
  method: string,
  params: readonly unknown[],
  signal: AbortSignal,
): Promise<unknown> => {
  const [result] = await callChainBatch(rpcUrl, [{ method, params }], signal)
  return result
}

/** Several calls in one request, answered in the order they were asked. */
export const callChainBatch = async (
  rpcUrl: string,
  calls: readonly { readonly method: string; readonly params: readonly unknown[] }[],
  signal: AbortSignal,
): Promise<readonly unknown[]> => {
  if (calls.length === 0) return []
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(calls.map((call, id) => ({ jsonrpc: '2.0', id, ...call }))),
    signal,
  }).catch((cause: unknown) => {
    throw new Fault('chain.unreachable', `The chain at ${rpcUrl} does not answer.`, { retry: 'later', cause })
  })
  const answers = z.array(answer.extend({ id: z.int() })).parse(await response.json())
  const byId = new Map(answers.map((one) => [one.id, one]))
  return calls.map((call, id) => {
    const { result, error } = byId.get(id) ?? {}
    if (error !== undefined) throw new Fault('chain.refused', `The chain refused ${call.method}: ${error.message}`)
    return result
  })
}

const quantity = z.templateLiteral(['0x', z.string()]).transform(Number)

/** The part of a block that the local chain's recorder needs. */
export const chainBlock = z.object({
  number: quantity,
  hash: z.string(),
  parentHash: z.string(),
  timestamp: quantity,
  transactions: z.array(z.string()),
})
export type ChainBlock = z.output<typeof chainBlock>

/** A block by number or tag. */
export const readBlock = async (rpcUrl: string, block: number | 'latest', signal: AbortSignal): Promise<ChainBlock> => {
  const tag = typeof block === 'number' ? `0x${block.toString(16)}` : block
  return chainBlock.parse(await callChain(rpcUrl, 'eth_getBlockByNumber', [tag, false], signal))
}
