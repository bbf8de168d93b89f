import type { Fields, Log } from './log.ts'

/** `log.with(fields)`, made only when something is logged: most requests and facts log nothing. */
export const withLazily = (log: Log, fields: Fields): Log => {
  let made: Log | undefined
  const bound = () => {
    made ??= log.with(fields)
    return made
  }
  return {
    debug: (message, more) => bound().debug(message, more),
    info: (message, more) => bound().info(message, more),
    warn: (message, more) => bound().warn(message, more),
    error: (message, more) => bound().error(message, more),
    with: (more) => bound().with(more),
  }
}
