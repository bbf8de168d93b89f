import type { Finding, Found, Loaded, Rule, Severity, Workflow, World } from './types.ts'

const gravity: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 }

const objectOf = (on: Loaded | Workflow): Finding['object'] =>
  'ref' in on
    ? { kind: on.ref.kind, namespace: on.ref.namespace, name: on.ref.name }
    : { kind: 'Workflow', namespace: undefined, name: on.name }

const findingOf = (rule: Rule, { on, path, says, fix, severity }: Found): Finding => ({
  rule: rule.id,
  severity: severity ?? rule.severity,
  object: objectOf(on),
  source: { file: on.source.file, line: on.lineOf(path) },
  path,
  says,
  fix,
})

const failure = (rule: Rule, world: World, error: unknown): Finding => ({
  rule: 'rule-failed',
  severity: 'error',
  object: { kind: 'Rule', namespace: undefined, name: rule.id },
  source: world.objects[0]?.source ?? world.workflows[0]?.source ?? { file: '', line: 1 },
  path: '',
  says: `The rule ${rule.id} could not judge these files: ${error instanceof Error ? error.message : String(error)}.`,
  fix: 'Report it with the files that cause it; the other rules were judged.',
})

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const objectKey = ({ object }: Finding) => `${object.kind}/${object.namespace ?? ''}/${object.name}`

/** The gravest first, then by object and path. */
export const inOrder = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted(
    (a, b) =>
      gravity[a.severity] - gravity[b.severity] ||
      compare(objectKey(a), objectKey(b)) ||
      compare(a.path, b.path) ||
      compare(a.rule, b.rule) ||
      compare(a.source.file, b.source.file) ||
      a.source.line - b.source.line ||
      compare(a.says, b.says),
  )

/** What the rules find in a world. A rule that throws is itself a finding. */
export const verify = (world: World, rules: readonly Rule[]): readonly Finding[] =>
  inOrder(
    rules.flatMap((rule) => {
      try {
        return rule.check(world).map((found) => findingOf(rule, found))
      } catch (error) {
        return [failure(rule, world, error)]
      }
    }),
  )
