import type { Hex } from '@knowton/core'
import { royaltySplitterAbi } from '@knowton/system/chain'
import type { Connection, Person } from './connect.ts'
import { confirmed } from './trade.ts'

/** Pays out position `position` of a splitter to whoever holds it; anyone may send this, only the holder is paid. */
export const claim = async (connection: Connection, sender: Person, splitter: Hex, position: number): Promise<Hex> =>
  confirmed(
    connection,
    await sender.wallet.writeContract({
      address: splitter,
      abi: royaltySplitterAbi,
      functionName: 'claim',
      args: [BigInt(position), connection.contracts.testUsd],
    }),
  )
