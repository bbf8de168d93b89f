import { verify } from '../engine.ts'
import { loadText } from '../load/load-text.ts'
import type { Context, Finding, Rule, World } from '../types.ts'
import { createWorld } from '../world.ts'

type Given = {
  readonly context?: Partial<Context>
  /** What the text's file is called; the name of a `.github/workflows` file, say. */
  readonly file?: string
}

const plainContext: Context = {
  kubernetesVersion: '1.35',
  today: new Date('2026-11-23T00:00:00Z'),
  pools: undefined,
  flows: undefined,
  external: [],
}

/** The world that the documents of `text` make; throws when one of them cannot be read. */
export const worldOf = (text: string, { context = {}, file = 'test.yaml' }: Given = {}): World => {
  const loading = loadText(text, file)
  const unread = loading.findings.find(({ severity }) => severity === 'error')
  if (unread !== undefined) throw new Error(`${unread.source.file}:${unread.source.line} ${unread.says}`)
  return createWorld(loading, { ...plainContext, ...(loading.pools && { pools: loading.pools }), ...context })
}

/** What `rule` finds in the documents of `text`; throws when the rule does. */
export const findingsOf = (rule: Rule, text: string, given: Given = {}): readonly Finding[] => {
  const findings = verify(worldOf(text, given), [rule])
  const failed = findings.find((finding) => finding.rule === 'rule-failed')
  if (failed !== undefined) throw new Error(failed.says)
  return findings
}
