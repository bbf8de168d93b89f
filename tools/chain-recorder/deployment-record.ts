import { address, type Hex } from '@knowton/core'
import * as z from 'zod'

const places = z.object({ workToken: address, exchange: address, splitterFactory: address, testUsd: address })

/** Addresses of the platform's contracts. */
export type Places = z.output<typeof places>

/** `deployment.json` as it is read and written. */
export const deploymentRecord = z.object({
  contracts: places,
  /** The block of the first of them: nothing of the platform is older. */
  deploymentBlock: z.int(),
  /** Accounts of this installation; the deployer owns the exchange. */
  accounts: z.object({ deployer: address, relayer: address }),
  /** SHA-256 of the code on the chain, by contract. */
  codeHashes: z.record(z.string(), z.string()),
  /** SHA-256 of the creation code that was sent. */
  sourceHash: z.string(),
})

/** What was deployed, where and from what. */
export type Deployment = z.output<typeof deploymentRecord>

export type DeploymentSettings = {
  readonly rpcUrl: string
  /** `deployment.json` */
  readonly file: string
  readonly deployerKey: Hex
  readonly relayerKey: Hex
  readonly feeBps: number
}
