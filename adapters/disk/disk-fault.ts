import { Fault } from '@knowton/core'

/** No room, quota used up, or too large for the file system. */
const FULL: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG']

/** What went wrong, by system code: `storage.full` (retry later); everything else passes unchanged. */
export const toDiskFault = (error: unknown): unknown =>
  error instanceof Error && 'code' in error && FULL.includes(error.code)
    ? new Fault('storage.full', 'There is no room left to store the file.', { retry: 'later', cause: error })
    : error
