import { pino, stdSerializers, stdTimeFunctions } from 'pino'
import type { LogLevel } from '../config/settings.ts'
import type { Log } from './log.ts'

/** Writes one JSON line per message to standard output; a field `error` is written with its stack and causes. */
export const createPinoLog = (service: string, level: LogLevel): Log =>
  toLog(
    pino({
      level,
      base: { service },
      messageKey: 'message',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: stdSerializers.errWithCause },
    }),
  )

type Writer = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'> & { readonly child: pino.Logger['child'] }

const toLog = (writer: Writer): Log => ({
  debug: (message, fields) => writer.debug(fields ?? {}, message),
  info: (message, fields) => writer.info(fields ?? {}, message),
  warn: (message, fields) => writer.warn(fields ?? {}, message),
  error: (message, fields) => writer.error(fields ?? {}, message),
  with: (fields) => toLog(writer.child({ ...fields })),
})
