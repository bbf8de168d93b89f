import { containersOf, quoted, specPath } from '../../pod-template.ts'
import type { Rule } from '../../types.ts'
import { objectOf } from '../../values.ts'

/** Containers whose own files their processes can change. */
export const rootFilesystemWritable: Rule = {
  id: 'root-filesystem-writable',
  severity: 'warning',
  about: 'No container can write to its own image’s file system.',
  check: (world) =>
    world.pods
      .filter(({ modelled }) => !modelled)
      .flatMap((group) => {
        const writable = containersOf(group).filter(
          ({ spec }) => objectOf(spec.securityContext).readOnlyRootFilesystem !== true,
        )
        if (writable.length === 0) return []
        return [
          {
            on: group.owner,
            path: writable.length === 1 ? (writable[0]?.path ?? '') : specPath(group),
            says: `Whoever takes over ${quoted(writable.map(({ name }) => name))} can replace the programs that run there.`,
            fix: 'Set securityContext.readOnlyRootFilesystem: true and mount an emptyDir where the process must write.',
          },
        ]
      }),
}
