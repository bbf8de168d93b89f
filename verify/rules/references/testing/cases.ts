import { describe, expect, test } from 'vitest'
import { findingsOf } from '../../../testing/world-of.ts'
import type { Rule } from '../../../types.ts'
import { referencesRules } from '../index.ts'

/** The rule with this id. */
export const ruleOf = (id: string): Rule => {
  const found = referencesRules.find((rule) => rule.id === id)
  if (found === undefined) throw new Error(`no rule ${id}`)
  return found
}

/** A set on which a rule speaks, what it says, and one on which it is silent. */
export type Case = {
  readonly rule: string
  readonly what: string
  readonly fails: string
  readonly passes: string
  readonly says: string
}

/** Tries each case both ways. */
export const tryCases = (cases: readonly Case[]): void => {
  describe.each(cases)('$rule on $what', ({ rule, fails, passes, says }) => {
    test('says what will happen', () => {
      const found = findingsOf(ruleOf(rule), fails)
      expect(found.map((finding) => finding.says).join('\n')).toContain(says)
    })
    test('is silent when it is there', () => {
      expect(findingsOf(ruleOf(rule), passes)).toEqual([])
    })
  })
}
