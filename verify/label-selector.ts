import { isObject } from './model/read.ts'
import { labelSelector } from './model/selector.ts'

/** Whether a LabelSelector selects what carries `labels`: an empty one selects everything, none at all nothing. */
export const selects = (selector: unknown, labels: Readonly<Record<string, string>>): boolean =>
  isObject(selector) && labelSelector(selector)(labels)
