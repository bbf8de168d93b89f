import type { Outcome } from '../suppress/apply-suppressions.ts'
import type { Finding } from '../types.ts'

const plain = ({ rule, severity, object, source, path, says, fix }: Finding) => ({
  rule,
  severity,
  object: { kind: object.kind, namespace: object.namespace ?? null, name: object.name },
  file: source.file,
  line: source.line,
  path,
  says,
  fix,
})

/** `{ version, objects, findings, suppressed }`, the shape that README.md describes; `version` changes with it. */
export const jsonReport = ({ findings, suppressed }: Outcome, objects: number): string => {
  const report = {
    version: 1,
    objects,
    findings: findings.map(plain),
    suppressed: suppressed.map(({ finding, reason, until }) => ({
      ...plain(finding),
      until: until.toISOString().slice(0, 10),
      reason,
    })),
  }
  return `${JSON.stringify(report, null, 2)}\n`
}
