/** Where the rendering answers what the document requires, when it is not at the same place of the same object. */
export type Answer = {
  /** `KafkaNodePool/broker`; left out = the object of the same kind and name. */
  readonly object?: string
  /** Takes the place of the required path, its end after the matched part kept; left out = the same path. */
  readonly path?: string
  /** Why what is rendered is not what is required; needed wherever it is not. */
  readonly why?: string
  /** Nothing is rendered for it. */
  readonly dropped?: true
  /** Why it is dropped holds only as long as this object, `Deployment/bonding-service`, is not rendered. */
  readonly until?: string
}

/** Answers of one object by the beginning of a path; the longest that fits counts, '' is for the whole object. */
export type Answers = Readonly<Record<string, Answer>>

/** Nothing is rendered for it, and why. */
export const dropped = (why: string): Answer => ({ dropped: true, why })

/** Nothing is rendered for it until `object` is. */
export const droppedUntil = (object: string, why: string): Answer => ({ dropped: true, until: object, why })

/** Rendered elsewhere; `why` when also otherwise. */
export const moved = (object: string, path?: string, why?: string): Answer => ({
  object,
  ...(path === undefined ? {} : { path }),
  ...(why === undefined ? {} : { why }),
})

/** Rendered in the same place with another value. */
export const because = (why: string): Answer => ({ why })
