import type { JsonObject } from './types.ts'
import { isObject, labelsOf, objectsOf, textsOf } from './values.ts'

type Labels = Readonly<Record<string, string>>

const meets = (requirement: JsonObject, labels: Labels): boolean => {
  const key = String(requirement.key)
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  const values = textsOf(requirement.values)
  switch (requirement.operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}

/** Whether a LabelSelector selects what carries `labels`: an empty one selects everything, none at all nothing. */
export const selects = (selector: unknown, labels: Labels): boolean =>
  isObject(selector) &&
  Object.entries(labelsOf(selector.matchLabels)).every(([key, value]) => labels[key] === value) &&
  objectsOf(selector.matchExpressions).every((requirement) => meets(requirement, labels))
