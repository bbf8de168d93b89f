import { parseArgs } from 'node:util'

/** What the command line asks for. */
export type Options = {
  readonly environment: string
  readonly format: 'text' | 'json'
  readonly prices: string | undefined
  readonly wants: 'plan' | 'help'
}

/** A command line that cannot be followed. */
export class BadCommand extends Error {}

export const usage = `npm run plan -- [environment]   what would run where (production)

  --format text|json    how it is written (text)
  --prices <file>       YAML: { currency: USD, perHour: { t3.xlarge: "0.1664" }, perGiBMonth: { fast-ssd: "0.08" } }
  --help                this

Ends with 1 when something does not fit, with 2 when nothing could be planned, else with 0.
`

const read = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'text' },
        prices: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new BadCommand(error instanceof Error ? error.message : String(error))
  }
}

/** Reads the command line; throws `BadCommand` with a sentence. */
export const parseOptions = (args: readonly string[]): Options => {
  const { values, positionals } = read(args)
  const [environment = 'production', ...others] = positionals
  if (others.length > 0) throw new BadCommand(`One environment is planned at a time, not also ${others.join(', ')}.`)
  const { format } = values
  if (format !== 'text' && format !== 'json') throw new BadCommand(`--format is text or json, not ${format}.`)
  return { environment, format, prices: values.prices, wants: values.help === true ? 'help' : 'plan' }
}
