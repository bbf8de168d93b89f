import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalizePath } from './normalize-path.ts'

test.each([
  ['/a/b?c=/../d', '/a/b', '?c=/../d'],
  ['/a/./b//c', '/a/b/c', ''],
  ['/a/../../b/', '/b/', ''],
  ['/%61/%2e%2E/b%2fc', '/b%2Fc', ''],
  ['/a%3ab%7e', '/a%3Ab~', ''],
  ['http://host:80/a/b?c', '/a/b', '?c'],
  ['/..', '/', ''],
])('brings %s into normal form', (target, path, query) => {
  expect(normalizePath(target)).toEqual({ path, query })
})

test.each(['*', 'host:443', '/%', '/%zz', '/a\\b', '/a#b', 'ftp://host/a'])('takes %s for no path', (target) => {
  expect(normalizePath(target)).toBeUndefined()
})

test('a normal form stays as it is and has no dot segments, empty segments or needless escapes', () => {
  const piece = fc.constantFrom('.', '..', '', 'a', '%2e', '%2E%2e', '%61', '%2f', '%41', 'b.c', '%7E')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const once = normalizePath(`/${pieces.join('/')}`)
      expect(once?.path).toMatch(/^\/(?:(?!\.{1,2}(?:\/|$))(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+(?:\/|$))*$/)
      expect(normalizePath(once?.path ?? '')).toEqual(once)
    }),
  )
})
