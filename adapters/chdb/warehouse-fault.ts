import { Fault } from '@knowton/core'

/** ClickHouse codes of causes outside the statement, which pass (src/Common/ErrorCodes.cpp). */
const passing: ReadonlySet<number> = new Set([
  74, // CANNOT_READ_FROM_FILE_DESCRIPTOR
  75, // CANNOT_WRITE_TO_FILE_DESCRIPTOR, a full disk among others
  76, // CANNOT_OPEN_FILE, too many open files among others
  159, // TIMEOUT_EXCEEDED
  202, // TOO_MANY_SIMULTANEOUS_QUERIES
  209, // SOCKET_TIMEOUT
  210, // NETWORK_ERROR
  236, // ABORTED
  241, // MEMORY_LIMIT_EXCEEDED
  242, // TABLE_IS_READ_ONLY
  243, // NOT_ENOUGH_SPACE
  252, // TOO_MANY_PARTS
])

const codeOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'clickhouseCode' in error && typeof error.clickhouseCode === 'number'
    ? error.clickhouseCode
    : undefined

/** An engine error as a fault: `warehouse.unavailable` (try later) when its cause passes, else `warehouse.statement`. */
export const toWarehouseFault = (error: unknown): Fault => {
  if (error instanceof Fault) return error
  const code = codeOf(error)
  const says = error instanceof Error ? error.message : String(error)
  return code !== undefined && passing.has(code)
    ? new Fault('warehouse.unavailable', says, { retry: 'later', cause: error })
    : new Fault('warehouse.statement', says, { cause: error })
}
