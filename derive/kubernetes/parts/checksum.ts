import { createHash } from 'node:crypto'

/** The first 16 hex digits of the SHA-256 of `value` as JSON: another value, another checksum. */
export const checksum = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)
