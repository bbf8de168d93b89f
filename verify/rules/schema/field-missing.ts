import type { Rule } from '../../types.ts'
import { judgedBy, reportFaults } from './schema-faults.ts'

/** Fields that must be there and are not. */
export const fieldMissing: Rule = {
  id: 'field-missing',
  severity: 'error',
  about: 'Every field that a kind requires is there.',
  check: (world) =>
    reportFaults(world, 'missing', ({ path, field }, object) => ({
      path: path === '' ? field : `${path}.${field}`,
      says: `The API server will refuse this ${object.ref.kind}: ${path === '' ? field : `${path}.${field}`} is required by ${judgedBy(object)} and missing.`,
      fix: `Add ${field}${path === '' ? '' : ` to ${path}`}.`,
    })),
}
