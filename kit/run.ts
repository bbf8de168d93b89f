import type { ServiceShape } from '@knowton/core'
import type { Implementation } from './implementation.ts'

/** Runs a service until it is told to stop. */
export const run = async <const S extends ServiceShape, Ports>(
  declared: S,
  implementation: Implementation<S, Ports>,
): Promise<void> => {
  void declared
  void implementation
}
