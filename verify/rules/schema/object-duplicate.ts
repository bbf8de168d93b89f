import type { Rule } from '../../types.ts'

/** The same object written twice. */
export const objectDuplicate: Rule = {
  id: 'object-duplicate',
  severity: 'error',
  about: 'Each object is written once.',
  check: (world) => {
    const named = world.objects.filter(({ manifest }) => typeof manifest.metadata.name === 'string')
    const groups = Map.groupBy(named, ({ ref }) => [ref.group, ref.kind, ref.namespace ?? '', ref.name].join('/'))
    return [...groups.values()].flatMap(([first, ...others]) =>
      others.map((on) => ({
        on,
        path: 'metadata.name',
        says: `${on.ref.kind} ${on.ref.name} is already written in ${first?.source.file}:${first?.source.line}: Kustomize refuses both, and kubectl keeps only what the later one says.`,
        fix: 'Merge the two into one object.',
      })),
    )
  },
}
