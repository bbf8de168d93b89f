import * as z from 'zod'
import type { ChainStatus } from './platform-status.ts'
import { reasonOf } from './read-service.ts'

const quantity = z.string().transform((hex) => Number(hex))
const block = z.object({ number: quantity, timestamp: quantity })
const answers = z.array(z.object({ id: z.int(), result: z.unknown().optional() }))

const QUESTIONS = [
  { method: 'eth_chainId', params: [] },
  { method: 'eth_getBlockByNumber', params: ['latest', false] },
  { method: 'eth_getBlockByNumber', params: ['safe', false] },
  { method: 'eth_getBlockByNumber', params: ['finalized', false] },
  { method: 'web3_clientVersion', params: [] },
] as const

/** How the chain stands, and what its node calls itself. */
export type ChainReport = { readonly status: ChainStatus; readonly client: string | undefined }

/** Asks the chain for its head and how much of it is settled, in one request. */
export const readChain = async (rpcUrl: string, signal: AbortSignal): Promise<ChainReport> => {
  try {
    const response = await fetch(rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(QUESTIONS.map((question, id) => ({ jsonrpc: '2.0', id, ...question }))),
      signal,
    })
    const said = new Map(answers.parse(await response.json()).map(({ id, result }) => [id, result]))
    const head = block.parse(said.get(1))
    const client = z.string().safeParse(said.get(4))
    return {
      status: {
        state: 'answering',
        chainId: quantity.parse(said.get(0)),
        head: head.number,
        headTime: new Date(head.timestamp * 1000).toISOString(),
        safe: block.safeParse(said.get(2)).data?.number,
        finalized: block.safeParse(said.get(3)).data?.number,
      },
      client: client.data,
    }
  } catch (error) {
    return { status: { state: 'unreachable', reason: reasonOf(error) }, client: undefined }
  }
}
