/** How the whole local platform is doing, as `/status.json` has it. */
export type PlatformStatus = {
  readonly name: string
  readonly version: string
  /** Undefined until the runner has written its record. */
  readonly environment: string | undefined
  readonly startedAt: string | undefined
  readonly asOf: string
  /** `healthy` = everything is ready and nothing waits for a person. */
  readonly state: 'healthy' | 'starting' | 'troubled'
  readonly services: readonly ServiceStatus[]
  readonly topics: readonly TopicStatus[]
  readonly parked: readonly ParkedStatus[]
  readonly chain: ChainStatus
  readonly versions: Readonly<Record<string, string | undefined>>
}

export type ServiceStatus = {
  readonly name: string
  readonly summary: string
  readonly state: 'ready' | 'not-ready' | 'unreachable'
  /** Why it is not ready, and what goes wrong while it is. */
  readonly reasons: readonly string[]
  readonly pid: number | undefined
  /** How often its process has had to be started again. */
  readonly restarts: number | undefined
  readonly version: string | undefined
  readonly startedAt: string | undefined
}

export type TopicStatus = {
  readonly name: string
  readonly publisher: string
  /** Facts in the publisher's log; undefined when it does not say. */
  readonly events: number | undefined
  readonly consumers: readonly {
    readonly service: string
    /** Facts not yet applied; undefined when nobody can say. */
    readonly lag: number | undefined
    readonly parkedKeys: number
  }[]
}

export type ParkedStatus = {
  readonly service: string
  readonly id: string
  readonly topic: string
  readonly key: string
  readonly error: string
  readonly parkedAt: string
  /** Facts of the key that wait, the failing one included. */
  readonly waiting: number
}

export type ChainStatus =
  | {
      readonly state: 'answering'
      readonly chainId: number
      readonly head: number
      readonly headTime: string
      readonly safe: number | undefined
      readonly finalized: number | undefined
    }
  | { readonly state: 'unreachable'; readonly reason: string }

/** The command that lets a parked key go on, once its cause is mended. */
export const unparkCommand = ({ service, id }: ParkedStatus): string => `npm run unpark -- ${service} ${id}`
