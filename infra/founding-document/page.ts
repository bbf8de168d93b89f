import { answers } from './answers/index.ts'
import asks from './asks.json' with { type: 'json' }
import { renderedForProduction } from './rendered.ts'
import { unusedParts } from './unused.ts'
import { type Asked, type Verdict, verdicts } from './verdicts.ts'

/** Everything the founding document asks, and what became of it in production. */
export const foundingVerdicts = (): readonly Verdict[] =>
  verdicts(asks as unknown as readonly Asked[], answers, renderedForProduction())

/** docs/founding-document.md without the mistakes that the verifier finds. */
export const foundingPage = (): string => {
  const all = foundingVerdicts()
  const count = (outcome: Verdict['outcome']) => all.filter((verdict) => verdict.outcome === outcome).length
  return [
    `Every number and name of the founding document, ${all.length} in all: ${count('same')} are rendered as asked, ${count('otherwise')} otherwise, ${count('dropped')} not at all; each difference has its reason. Production is compared; the other environments differ in size only.`,
    '',
    '## What no code uses yet',
    '',
    'These parts are rendered, sized, secured and watched, and the settings by which services reach them are declared. The code that drives them is still to come:',
    '',
    '| part | today | settings |',
    '| --- | --- | --- |',
    ...unusedParts.map(({ part, today, settings }) => `| ${part} | ${today} | ${settings.map(code).join(', ')} |`),
    '',
    '## What was asked and what is rendered',
    ...[...Map.groupBy(all, ({ asked }) => `${asked.object}\n${asked.line}`)].flatMap(([heading, members]) =>
      section(heading, members),
    ),
    '',
  ].join('\n')
}

const section = (heading: string, members: readonly Verdict[]): readonly string[] => {
  const [object = '', line = ''] = heading.split('\n')
  return [
    '',
    `### ${object} (line ${line})`,
    '',
    '| asked | | rendered | why |',
    '| --- | --- | --- | --- |',
    ...members.map(({ asked, rendered, why }) => {
      const place = rendered === undefined ? '–' : placeOf(asked, rendered)
      return `| ${code(asked.path)} | ${code(short(asked.value))} | ${place} | ${why ?? ''} |`
    }),
  ]
}

const placeOf = (asked: Verdict['asked'], { object, path, value }: NonNullable<Verdict['rendered']>): string => {
  const isHere = object === asked.object && path === asked.path
  if (isHere) return value === asked.value ? '✓' : code(short(value))
  return `${code(short(value))} – ${object === asked.object ? '' : `${object} `}${code(path)}`
}

const short = (text: string): string => {
  const line = text.split('\n')[0] ?? ''
  return line.length > 80 || line !== text ? `${line.slice(0, 80)} …` : line
}

const code = (text: string): string => (text === '' ? '' : `\`${text.replaceAll('|', '\\|').replaceAll('`', "'")}\``)
