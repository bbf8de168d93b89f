import { Fault, type RequestErrorCode, requestErrors } from '@knowton/core'

/** One part of a request that does not have the declared shape. */
export type FieldFault = { readonly path: string; readonly message: string }

/** The request itself is at fault: answered with its code, never logged as an error. */
export class RequestFault extends Fault {
  readonly detail: string | undefined
  readonly faults: readonly FieldFault[] | undefined

  constructor(
    code: RequestErrorCode,
    more: { readonly detail?: string; readonly faults?: readonly FieldFault[] } = {},
  ) {
    super(code, requestErrors[code].says)
    this.detail = more.detail
    this.faults = more.faults
  }
}
