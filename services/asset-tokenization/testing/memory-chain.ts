import { createHash } from 'node:crypto'
import type { BlockHeader, BlockLog, BlockSource } from '@knowton/adapters/chain'
import type { Hex } from '@knowton/core'
import { type Abi, encodeAbiParameters, encodeEventTopics } from 'viem'
import { bloomOf } from '../follow/block-bloom.ts'

/** A log before it is in a block. */
export type Emitted = Pick<BlockLog, 'address' | 'topics' | 'data'>

/** A block of the tree. */
export type MemoryBlock = { readonly header: BlockHeader; readonly logs: readonly BlockLog[] }

/** What a node of a chain in memory shows: the branch that ends in `head`, and how far it calls it safe and final. */
export type NodeView = { readonly head: MemoryBlock; readonly safe: number; readonly finalized: number }

/** A tree of blocks, and a node that shows one branch of it at a time. */
export type MemoryChain = {
  readonly genesis: MemoryBlock
  readonly source: BlockSource
  /** Adds a child of `parent`; children with the same content are different blocks. */
  readonly grow: (parent: MemoryBlock, logs: readonly Emitted[]) => MemoryBlock
  readonly show: (view: NodeView) => void
  /** The ancestor of `block` at `number`. */
  readonly at: (block: MemoryBlock, number: number) => MemoryBlock | undefined
}

const hashOf = (text: string): Hex => `0x${createHash('sha256').update(text).digest('hex')}`

/** Makes a tree with one block, number 0. */
export const createMemoryChain = (): MemoryChain => {
  const blocks = new Map<Hex, MemoryBlock>()
  const add = (number: number, parentHash: Hex, emitted: readonly Emitted[]): MemoryBlock => {
    const hash = hashOf(`block ${blocks.size}`)
    const transactionHash = hashOf(`transaction ${blocks.size}`)
    const logs = emitted.map((log, logIndex) => ({
      ...log,
      blockNumber: number,
      blockHash: hash,
      transactionHash,
      logIndex,
    }))
    const time = new Date(1_700_000_000_000 + number * 1000)
    const block = { header: { number, hash, parentHash, time, logsBloom: bloomOf(emitted) }, logs }
    blocks.set(hash, block)
    return block
  }
  const genesis = add(0, hashOf('nothing'), [])
  let view: NodeView = { head: genesis, safe: 0, finalized: 0 }
  const at = (block: MemoryBlock, number: number): MemoryBlock | undefined => {
    let current: MemoryBlock | undefined = block
    while (current !== undefined && current.header.number > number) current = blocks.get(current.header.parentHash)
    return current?.header.number === number ? current : undefined
  }
  const numberOf = (which: number | 'latest' | 'safe' | 'finalized') => {
    if (typeof which === 'number') return which
    return which === 'latest' ? view.head.header.number : view[which]
  }
  return {
    genesis,
    at,
    grow: (parent, logs) => add(parent.header.number + 1, parent.header.hash, logs),
    show: (next) => {
      view = next
    },
    source: {
      block: async (which) => at(view.head, numberOf(which))?.header,
      logsOf: async (blockHash) => blocks.get(blockHash)?.logs ?? [],
      logsBetween: async ({ from, to, addresses, events }) => {
        const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index)
        return numbers
          .flatMap((number) => at(view.head, number)?.logs ?? [])
          .filter(({ address }) => addresses?.includes(address) ?? true)
          .filter(({ topics: [event] }) => event === undefined || (events?.includes(event) ?? true))
      },
    },
  }
}

/** A log as the contract at `address` emits it. */
export const emit = (address: Hex, abi: Abi, eventName: string, args: Readonly<Record<string, unknown>>): Emitted => {
  const event = abi.find((item) => item.type === 'event' && item.name === eventName)
  if (event?.type !== 'event') throw new Error(`the contract has no event ${eventName}`)
  const topics = encodeEventTopics({ abi: [event], eventName, args }) as Hex[]
  const inputs = event.inputs.filter(({ indexed }) => indexed !== true)
  return {
    address,
    topics,
    data: encodeAbiParameters(
      inputs,
      inputs.map(({ name }) => args[name ?? '']),
    ),
  }
}
