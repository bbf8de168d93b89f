import { docs } from '@knowton/derive'
import { platform } from '@knowton/system'

/** The reference pages under docs/reference, by path from the root. */
export const docFiles = (): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(docs(platform)).map(([name, text]) => [`docs/reference/${name}`, text]))
