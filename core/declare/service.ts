import type * as z from 'zod'
import type { GaugeShape } from './gauge.ts'
import type { RouteShape } from './route.ts'
import type { TopicShape } from './topic.ts'

/** The technologies a service may keep state in. */
export type StoreKind = 'postgres' | 'files' | 'clickhouse'
export type StoreShape = { readonly kind: StoreKind; readonly summary: string }

/** How big a service's processes are; environments map each class to numbers. */
export type Size = 'small' | 'medium' | 'large'
export type Pool = 'general-purpose' | 'compute-optimized' | 'memory-optimized' | 'gpu-nodes'

/**
 * Whether several processes of a service may run at once. `many`: what only one may do at a time is held by a lock or a
 * lease in the database, so any number is safe. `one`: something lives in the process alone; an update stops the old
 * one first.
 */
export type Instances = 'many' | 'one'

/**
 * Systems of a cluster that hold nothing which cannot be made again: counters and answers kept for a while, a search
 * by likeness, models. One machine does without them.
 */
export type Need = 'cache' | 'vectors' | 'inference'

export type ServiceShape = {
  readonly name: string
  readonly summary: string
  readonly routes: Readonly<Record<string, RouteShape>>
  readonly publishes: Readonly<Record<string, TopicShape>>
  readonly consumes: Readonly<Record<string, TopicShape>>
  readonly stores: Readonly<Record<string, StoreShape>>
  /** Talks to the chain's RPC. */
  readonly chain: boolean
  /** Parsed from the environment at start, `voucherSeconds` from `VOUCHER_SECONDS`. */
  readonly config: Readonly<Record<string, z.ZodType>>
  /** Like config, but the value prints as `***`. */
  readonly secrets: Readonly<Record<string, z.ZodType>>
  /** What it measures beside the figures that every service has, `chainHeadAgeSeconds` read as `chain_head_age_seconds`. */
  readonly gauges?: Readonly<Record<string, GaugeShape>>
  readonly size: Size
  readonly pool: Pool
  readonly instances: Instances
  readonly needs: readonly Need[]
}

/** Declares a service: data only, no handler, no environment, no driver. */
export const service = <const S extends ServiceShape>(declared: S): S => declared

/** The whole platform as data. */
export type PlatformShape = {
  readonly name: string
  readonly version: string
  readonly services: Readonly<Record<string, ServiceShape>>
  readonly errors: ErrorTable
}

export type ErrorEntry = {
  readonly status: number
  readonly retry: 'never' | 'later'
  readonly says: string
}
export type ErrorTable = Readonly<Record<string, ErrorEntry>>

/** Declares the error table: code → HTTP status, whether to try again, a sentence. */
export const defineErrors = <const T extends ErrorTable>(table: T): T => table

/** A process has ended within so many seconds of SIGTERM: it finishes what is under way, or rolls it back. */
export const DRAIN_SECONDS = 10
