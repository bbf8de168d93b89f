import { isObject, labelsAt, listAt, textAt } from '../values.ts'

export type Labels = Readonly<Record<string, string>>

/** Whether labels meet a selector. */
export type Matches = (labels: Labels) => boolean

/** The meaning of a `LabelSelector`: all of matchLabels and matchExpressions; an empty one meets everything. */
export const labelSelector = (selector: unknown): Matches => {
  const wanted = Object.entries(labelsAt(selector, 'matchLabels'))
  const expressions = listAt(selector, 'matchExpressions').map(expression)
  return (labels) =>
    wanted.every(([key, value]) => labels[key] === value) && expressions.every((meets) => meets(labels))
}

/** The meaning of the plain selector of a Service: all labels; an empty one meets nothing. */
export const plainSelector = (wanted: Labels): Matches => {
  const entries = Object.entries(wanted)
  return (labels) => entries.length > 0 && entries.every(([key, value]) => labels[key] === value)
}

const expression = (written: unknown): Matches => {
  const key = textAt(written, 'key') ?? ''
  const values = listAt(written, 'values').map(String)
  const valueIn = (labels: Labels) => (Object.hasOwn(labels, key) ? labels[key] : undefined)
  switch (textAt(written, 'operator')) {
    case 'In':
      return (labels) => values.includes(valueIn(labels) ?? '') && valueIn(labels) !== undefined
    case 'NotIn':
      return (labels) => valueIn(labels) === undefined || !values.includes(valueIn(labels) ?? '')
    case 'Exists':
      return (labels) => valueIn(labels) !== undefined
    case 'DoesNotExist':
      return (labels) => valueIn(labels) === undefined
    default:
      return () => false
  }
}

/** A selector in one line, for sentences. */
export const selectorText = (selector: unknown): string => {
  const parts = [
    ...Object.entries(labelsAt(selector, 'matchLabels')).map(([key, value]) => `${key}=${value}`),
    ...listAt(selector, 'matchExpressions').map((written) =>
      [textAt(written, 'key'), textAt(written, 'operator'), ...listAt(written, 'values').map(String)].join(' '),
    ),
  ]
  return parts.length === 0 ? 'everything' : parts.join(', ')
}

/** Plain labels in one line, for sentences. */
export const labelsText = (labels: Labels): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')

/** Whether a LabelSelector selects what carries `labels`: an empty one selects everything, none at all nothing. */
export const selects = (selector: unknown, labels: Labels): boolean =>
  isObject(selector) && labelSelector(selector)(labels)
