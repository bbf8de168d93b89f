import { address, type Hex } from '@knowton/core'
import * as z from 'zod'

/** A currency that orders may be in: the zero address is the chain's native one. */
export type Currency = { readonly address: Hex; readonly symbol: string; readonly decimals: number }

const currencies = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a JSON list of {address, symbol, decimals}' })
      return z.NEVER
    }
  })
  .pipe(z.array(z.object({ address, symbol: z.string().min(1).max(12), decimals: z.int().min(0).max(36) })).min(1))

/** Where the chain is and which contracts on it are ours: every service that reads the chain has these. */
export const chainSettings = {
  chainRpcUrl: z.url(),
  chainId: z.coerce.number().int().min(1),
  workTokenAddress: address,
  exchangeAddress: address,
  splitterFactoryAddress: address,
  /** The block the contracts were deployed in: nothing of ours is older. */
  deploymentBlock: z.coerce.number().int().min(0),
  currencies,
} as const
