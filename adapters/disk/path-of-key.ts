import { join } from 'node:path'
import { Fault } from '@knowton/core'

/** Segments of letters, digits, `_`, `-` and inner dots: no key can lead out of its folder or into hidden ones. */
const KEY = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}(\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}){0,7}$/

/** Where the file `key` lies below `root`. Throws a fault `storage.key` for a key that is not of segments of plain characters. */
export const pathOfKey = (root: string, key: string): string => {
  if (!KEY.test(key)) throw new Fault('storage.key', `"${key}" is no key of a file.`)
  return join(root, key)
}
