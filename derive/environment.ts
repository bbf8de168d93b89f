/** How much of everything one installation gets; what there is to size is the platform's own declaration. */
export type Environment<Name extends string = string> = {
  readonly name: string
  /** Origins, besides the platform's own, whose pages may call the API. */
  readonly corsOrigins: readonly string[]
  /** The protocol's part of a trade that new exchange contracts start with, in basis points; the contract allows 250. */
  readonly feeBps: number
  readonly services: Readonly<Record<Name, ServiceSettings>>
}

/** What an environment says about one service. */
export type ServiceSettings = {
  /** Requests that one client address may send in a calendar minute, over all routes of the service. */
  readonly requestsPerMinute: number
  /** Values of declared config keys that differ from their defaults, as the process reads them. */
  readonly config: Readonly<Record<string, string>>
}
