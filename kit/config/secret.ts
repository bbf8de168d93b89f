import { inspect } from 'node:util'

/** A value that never prints: `***` in strings, JSON and logs. */
export type Secret<T> = { readonly reveal: () => T }

/** Hides `value`; only `reveal()` gives it back. */
export const secret = <T>(value: T): Secret<T> => ({
  reveal: () => value,
  ...{ toString: () => '***', toJSON: () => '***', [inspect.custom]: () => '***' },
})
