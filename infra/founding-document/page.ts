import { answers } from './answers/index.ts'
import { renderedForProduction } from './rendered.ts'
import requirements from './requirements.json' with { type: 'json' }
import { type RequiredObject, type Trace, traces } from './trace.ts'
import { unusedParts } from './unused.ts'

/** Everything the founding document requires, and what became of it in production. */
export const foundingTraces = (): readonly Trace[] =>
  traces(requirements as unknown as readonly RequiredObject[], answers, renderedForProduction())

/** docs/founding-document.md without the mistakes that the verifier finds. */
export const foundingPage = (): string => {
  const all = foundingTraces()
  const count = (outcome: Trace['outcome']) => all.filter((trace) => trace.outcome === outcome).length
  return [
    `Every number and name of the founding document, ${all.length} in all: ${count('same')} are rendered as required, ${count('otherwise')} otherwise, ${count('dropped')} not at all; each difference has its reason. Production is compared; the other environments differ in size only.`,
    '',
    '## What no code uses yet',
    '',
    'These parts are rendered, sized, secured and watched, and the settings by which services reach them are declared. The code that drives them is still to come:',
    '',
    '| part | today | settings |',
    '| --- | --- | --- |',
    ...unusedParts.map(({ part, today, settings }) => `| ${part} | ${today} | ${settings.map(code).join(', ')} |`),
    '',
    '## What is required and what is rendered',
    ...[...Map.groupBy(all, ({ required }) => `${required.object}\n${required.line}`)].flatMap(([heading, members]) =>
      section(heading, members),
    ),
    '',
  ].join('\n')
}

const section = (heading: string, members: readonly Trace[]): readonly string[] => {
  const [object = '', line = ''] = heading.split('\n')
  return [
    '',
    `### ${object} (line ${line})`,
    '',
    '| required | | rendered | why |',
    '| --- | --- | --- | --- |',
    ...members.map(({ required, rendered, why }) => {
      const place = rendered === undefined ? '–' : placeOf(required, rendered)
      return `| ${code(required.path)} | ${code(short(required.value))} | ${place} | ${why ?? ''} |`
    }),
  ]
}

const placeOf = (required: Trace['required'], { object, path, value }: NonNullable<Trace['rendered']>): string => {
  const isHere = object === required.object && path === required.path
  if (isHere) return value === required.value ? '✓' : code(short(value))
  return `${code(short(value))} – ${object === required.object ? '' : `${object} `}${code(path)}`
}

const short = (text: string): string => {
  const line = text.split('\n')[0] ?? ''
  return line.length > 80 || line !== text ? `${line.slice(0, 80)} …` : line
}

const code = (text: string): string => (text === '' ? '' : `\`${text.replaceAll('|', '\\|').replaceAll('`', "'")}\``)
