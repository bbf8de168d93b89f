import { describe, expect, test } from 'vitest'
import type { Finding, Rule } from '../types.ts'
import { edited } from './edited.ts'
import { findingsOf } from './world-of.ts'

/** One wrong edit of a right set, and the one finding that it must cause. */
export type Fault = {
  readonly rule: string
  readonly from: string
  readonly to: string
  /** `Kind/name` */
  readonly on: string
  readonly path: string
  /** A part of the sentence. */
  readonly says: string
  readonly severity?: Finding['severity']
}

/** A right set that every rule of a family leaves alone, and wrong edits of it that each rule must find once. */
export const testFamily = (rules: readonly Rule[], right: string, faults: readonly Fault[], file = 'right.yaml') => {
  const ruleOf = new Map(rules.map((rule) => [rule.id, rule]))
  const found = (id: string, text: string): readonly Finding[] => {
    const rule = ruleOf.get(id)
    if (rule === undefined) throw new Error(`no rule ${id}`)
    return findingsOf(rule, text, { file })
  }

  describe('what is right', () => {
    test.each(rules.map(({ id }) => id))('%s leaves it alone', (id) => {
      expect(found(id, right)).toEqual([])
    })
  })

  describe('what is wrong', () => {
    test.each(faults)('$rule finds it: $says', ({ rule, from, to, on, path, says, severity }) => {
      const findings = found(rule, edited(right, from, to))
      expect(findings.map(({ object, path }) => ({ on: `${object.kind}/${object.name}`, path }))).toEqual([
        { on, path },
      ])
      expect(findings[0]?.says).toContain(says)
      if (severity !== undefined) expect(findings[0]?.severity).toBe(severity)
    })

    test('every rule has a fault that it finds', () => {
      expect(new Set(faults.map(({ rule }) => rule))).toEqual(new Set(ruleOf.keys()))
    })
  })
}
