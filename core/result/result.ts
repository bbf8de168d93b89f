/** An answer that is either a value or a refusal; a refusal is a closed union that the caller must answer. */
export type Result<Value, Refusal> = Ok<Value> | Refused<Refusal>
export type Ok<Value> = { readonly ok: true; readonly value: Value }
export type Refused<Refusal> = { readonly ok: false; readonly refusal: Refusal }

/** Answers with `value`. */
export const ok = <const Value>(value: Value): Ok<Value> => ({ ok: true, value })

/** Answers with the reason why not. */
export const refuse = <const Refusal>(refusal: Refusal): Refused<Refusal> => ({ ok: false, refusal })
