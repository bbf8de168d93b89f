import { nearest } from '../../schemas/nearest.ts'
import type { Rule } from '../../types.ts'
import { movedFields } from './moved-fields.ts'
import { judgedBy, reportFaults } from './schema-faults.ts'

const fixFor = (field: string, known: readonly string[]): string => {
  const meant = nearest(field, known)
  if (meant !== undefined) return `Write ${meant} if that is meant, else remove it.`
  if (known.length === 0) return 'Remove it.'
  if (known.length <= 12) return `Remove it; the fields here are ${known.join(', ')}.`
  return 'Remove it, or look the field up where it belongs.'
}

/** Field names that the kind does not have. */
export const fieldUnknown: Rule = {
  id: 'field-unknown',
  severity: 'error',
  about: 'Every field of an object is one that its kind has.',
  check: (world) =>
    reportFaults(world, 'unknown', ({ path, field, known }, object) => ({
      path,
      says: `${judgedBy(object)} has no field ${path}: kubectl apply refuses the object, and other clients drop the field silently.`,
      fix: movedFields[`${object.ref.group}/${object.ref.kind}/${path}`] ?? fixFor(field, known),
    })),
}
