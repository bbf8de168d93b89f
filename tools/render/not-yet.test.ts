import { missingParts, unusedParts } from '@knowton/infra/founding-document'
import { platform } from '@knowton/system'
import { expect, test } from 'vitest'
import { notYet, withNotYet } from './not-yet.ts'

const page = 'before\n<!-- not there yet: rendered by `npm run render` -->\nSTALE\n<!-- end -->\nafter\n'

test.each(['en', 'zh'] as const)(
  'a page in %s says every part that no code uses, and which services cannot start',
  (language) => {
    const text = withNotYet(page, language)
    expect(text).not.toContain('STALE')
    expect(text.startsWith('before\n') && text.endsWith('-->\nafter\n')).toBe(true)
    for (const part of unusedParts) expect(text).toContain(language === 'zh' ? part.zh.today : part.today)
    expect(notYet(language)).toContain('analytics-service')
  },
)

test('what is said to be missing is not declared', () => {
  expect(missingParts.filter(({ service }) => Object.hasOwn(platform.services, service))).toEqual([])
})

test('renewing twice changes nothing more', () => {
  const once = withNotYet(page, 'en')
  expect(withNotYet(once, 'en')).toBe(once)
})

test('a page without a place for it is refused', () => {
  expect(() => withNotYet('nothing', 'en')).toThrow('There is no place')
})
