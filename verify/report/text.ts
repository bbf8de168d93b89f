import { styleText } from 'node:util'
import type { Outcome } from '../suppress/apply-suppressions.ts'
import { objectName } from '../suppress/read-suppressions.ts'
import type { Finding, Severity } from '../types.ts'

type Style = Parameters<typeof styleText>[0]
const colours: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', note: 'blue' }

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

/** `3 errors, 1 warning, 0 notes in 12 objects` */
export const summary = ({ findings, suppressed }: Outcome, judged: string): string => {
  const of = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length
  const counts = [counted(of('error'), 'error'), counted(of('warning'), 'warning'), counted(of('note'), 'note')]
  const hidden = suppressed.length === 0 ? '' : ` (${suppressed.length} more suppressed)`
  return `${counts.join(', ')}${hidden} in ${judged}.`
}

/** The findings for people, by file and line, and a line that counts them. */
export const textReport = (outcome: Outcome, judged: string, isColoured: boolean): string => {
  const paint = (style: Style, text: string) => (isColoured ? styleText(style, text, { validateStream: false }) : text)
  const entry = ({ severity, source, object, path, rule, says, fix }: Finding) =>
    [
      `${paint(colours[severity], severity.padEnd(7))}  ${source.file}:${source.line}  ${objectName(object)}${path === '' ? '' : `  ${path}`}  ${paint('dim', `[${rule}]`)}`,
      `         ${says}`,
      `         ${paint('dim', '→')} ${fix}`,
    ].join('\n')
  const files = Map.groupBy(outcome.findings, ({ source }) => source.file)
  const groups = [...files].map(([, findings]) => findings.map(entry).join('\n'))
  return `${[...groups, summary(outcome, judged)].join('\n\n')}\n`
}
