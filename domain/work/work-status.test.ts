import { expect, test } from 'vitest'
import { mayRequestMint, statusOf } from './work-status.ts'

const none = { isMinted: false, isRequested: false, isFailed: false }

test('a work goes from registered over minting to minted', () => {
  expect(statusOf(none)).toBe('registered')
  expect(statusOf({ ...none, isRequested: true })).toBe('minting')
  expect(statusOf({ ...none, isRequested: true, isMinted: true })).toBe('minted')
})

test('a mint that is undone leaves the request as it stood', () => {
  expect(statusOf({ ...none, isRequested: true })).toBe('minting')
  expect(statusOf({ ...none, isRequested: true, isFailed: true })).toBe('mint-failed')
})

test('the chain wins over a relay that gave up, and over a mint that nobody asked us for', () => {
  expect(statusOf({ isMinted: true, isRequested: true, isFailed: true })).toBe('minted')
  expect(statusOf({ ...none, isMinted: true })).toBe('minted')
})

test('a mint may be asked for before the first request and after a failed one', () => {
  expect((['registered', 'minting', 'minted', 'mint-failed'] as const).map(mayRequestMint)).toEqual([
    true,
    false,
    false,
    true,
  ])
})
