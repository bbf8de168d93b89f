import { expect, test } from 'vitest'
import { MAX_LINES, sizeFaults } from './size-faults.ts'

const lines = (count: number) => 'x\n'.repeat(count)

test('a file may have as many lines as the limit and not one more', () => {
  expect(sizeFaults([{ path: 'core/a.ts', text: lines(MAX_LINES) }])).toEqual([])
  expect(sizeFaults([{ path: 'core/a.ts', text: lines(MAX_LINES + 1) }])).toEqual([
    `core/a.ts: ${MAX_LINES + 1} lines; split it (at most ${MAX_LINES})`,
  ])
})

test('a generated file may be as long as it comes out', () => {
  expect(sizeFaults([{ path: 'system/chain/a.ts', text: `// Generated from contracts/.\n${lines(5000)}` }])).toEqual([])
})
