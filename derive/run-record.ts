import { address } from '@knowton/core'
import * as z from 'zod'

/** What the local runner writes to `run.json` once the platform is ready, for the tools that talk to it. */
export const runRecord = z.object({
  environment: z.string(),
  startedAt: z.iso.datetime(),
  gatewayUrl: z.url(),
  rpcUrl: z.url(),
  chainId: z.int(),
  contracts: z.object({
    workToken: address,
    exchange: address,
    splitterFactory: address,
    testUsd: address,
    deploymentBlock: z.int(),
  }),
  /** `restarts`: how often the runner has had to start the process again. */
  services: z.record(z.string(), z.object({ url: z.url(), pid: z.int(), restarts: z.int() })),
  /** Superuser-less URLs, one a service. */
  databases: z.record(z.string(), z.string()),
  warehousePath: z.string(),
  processes: z.object({ postgres: z.int(), chain: z.int(), gateway: z.int() }),
})
export type RunRecord = z.output<typeof runRecord>
