import { createHash } from 'node:crypto'
import { rulesTable } from '../rules-table.ts'
import type { Outcome } from '../suppress/apply-suppressions.ts'
import { objectName } from '../suppress/read-suppressions.ts'
import type { Finding } from '../types.ts'

/** Stays the same while lines move: where in which object which rule found something. */
const fingerprint = ({ rule, object, path, source }: Finding): string =>
  createHash('sha256')
    .update([rule, objectName(object), path, source.file].join('\n'))
    .digest('hex')
    .slice(0, 32)

const uriOf = (file: string): string => file.split('/').map(encodeURIComponent).join('/')

/** Level of a finding; SARIF's words are ours. */
const resultOf = (finding: Finding, ruleIndex: number, suppression?: { readonly reason: string }) => ({
  ruleId: finding.rule,
  ruleIndex,
  level: finding.severity,
  message: { text: `${finding.says} ${finding.fix}` },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: uriOf(finding.source.file), uriBaseId: 'ROOT' },
        region: { startLine: Math.max(1, finding.source.line) },
      },
      logicalLocations: [
        {
          name: finding.object.name,
          fullyQualifiedName: `${objectName(finding.object)}${finding.path === '' ? '' : `#${finding.path}`}`,
          kind: 'object',
        },
      ],
    },
  ],
  partialFingerprints: { 'findingHash/v1': fingerprint(finding) },
  ...(suppression === undefined
    ? {}
    : { suppressions: [{ kind: 'external', status: 'accepted', justification: suppression.reason }] }),
})

/** A report in SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), which code hosts show beside the lines. */
export const sarifReport = ({ findings, suppressed }: Outcome): string => {
  const table = rulesTable()
  const indices = new Map(table.map(({ id }, index) => [id, index]))
  const indexOf = ({ rule }: Finding) => indices.get(rule) ?? -1
  const report = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'knowton-verify',
            semanticVersion: '0.1.0',
            rules: table.map(({ id, severity, about }) => ({
              id,
              shortDescription: { text: about },
              help: { text: about },
              defaultConfiguration: { level: severity },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: [
          ...findings.map((finding) => resultOf(finding, indexOf(finding))),
          ...suppressed.map(({ finding, reason }) => resultOf(finding, indexOf(finding), { reason })),
        ],
      },
    ],
  }
  return `${JSON.stringify(report, null, 2)}\n`
}
