import { parseArgs } from 'node:util'

const formats = ['text', 'json', 'sarif'] as const
export type Format = (typeof formats)[number]

/** What the command line asks for. */
export type Options = {
  readonly paths: readonly string[]
  readonly format: Format
  readonly suppressions: string | undefined
  readonly environment: string | undefined
  readonly wants: 'result' | 'rules' | 'help'
}

/** A command line that cannot be followed. */
export class BadCommand extends Error {}

export const usage = `npm run verify                         judge every rendered environment of this repository
npm run verify -- <file|folder|->…     judge any manifests and workflows; - reads from standard input

  --format text|json|sarif   how findings are written (text)
  --suppressions <file>      a list of { rule, object, path, until, reason }; else verify.suppressions.yaml
                             beside what is judged or in this repository
  --environment <name>       judge for a cluster of this repository: its nodes, connections and version
  --rules                    list every rule
  --help                     this

Ends with 1 when there are errors, with 2 when nothing could be judged, else with 0.
`

const isFormat = (text: string): text is Format => formats.some((format) => format === text)

/** Reads the command line; throws `BadCommand` with a sentence. */
export const parseOptions = (args: readonly string[]): Options => {
  const { values, positionals } = (() => {
    try {
      return parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          format: { type: 'string', default: 'text' },
          suppressions: { type: 'string' },
          environment: { type: 'string' },
          rules: { type: 'boolean' },
          help: { type: 'boolean', short: 'h' },
        },
      })
    } catch (error) {
      throw new BadCommand(error instanceof Error ? error.message : String(error))
    }
  })()
  if (!isFormat(values.format)) throw new BadCommand(`--format is one of ${formats.join(', ')}, not ${values.format}.`)
  return {
    paths: positionals,
    format: values.format,
    suppressions: values.suppressions,
    environment: values.environment,
    wants: values.help === true ? 'help' : values.rules === true ? 'rules' : 'result',
  }
}
