import type { Rule } from '../../types.ts'
import { judgedBy, reportFaults } from './schema-faults.ts'

/** Values of the wrong type, or outside of what their field takes. */
export const fieldInvalid: Rule = {
  id: 'field-invalid',
  severity: 'error',
  about: 'Every value has the type, the form and the bounds that its field asks for.',
  check: (world) =>
    reportFaults(world, 'invalid', ({ path, says }, object) => ({
      path,
      says: `The API server will refuse this ${object.ref.kind}: ${path === '' ? 'it' : path} ${says}.`,
      fix: `Give it a value that ${judgedBy(object)} takes there.`,
    })),
}
