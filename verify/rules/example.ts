import { verify } from '../engine.ts'
import { loadText } from '../load/load-text.ts'
import type { Context, Finding, Rule } from '../types.ts'
import { createWorld } from '../world.ts'

/** No connection is declared, and nothing exists but what the example holds. */
const context: Context = {
  kubernetesVersion: '1.35',
  today: new Date('2026-11-23T00:00:00Z'),
  pools: undefined,
  flows: [],
  external: [],
}

/** What a rule finds in the text of its example, the gravest first. */
export const judgeExample = (rule: Rule, text: string, file: string): readonly Finding[] => {
  const loading = loadText(text, file)
  return verify(createWorld(loading, { ...context, pools: loading.pools }), [rule])
}
