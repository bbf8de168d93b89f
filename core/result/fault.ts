/** Whether doing the same again can help: `later` = the cause is outside and passes, `never` = the same input fails again. */
export type Retry = 'never' | 'later'

/** Something that went wrong and is thrown: a stable code, a sentence for a person, and whether to try again. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: string
  readonly retry: Retry

  constructor(code: string, says: string, options: { readonly retry?: Retry; readonly cause?: unknown } = {}) {
    super(says, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retry = options.retry ?? 'never'
  }
}

/** True when the failure names itself as passing, so that the same work may be tried again. */
export const isRetryable = (error: unknown): boolean => error instanceof Fault && error.retry === 'later'
