import { expect, test } from 'vitest'
import { instant, toUnixSeconds, wait } from './time.ts'

test('waiting ends at once with the reason when the signal fires', async () => {
  const stop = new AbortController()
  const waiting = wait(3_600_000, stop.signal)
  stop.abort('enough')
  await expect(waiting).rejects.toBe('enough')
  await expect(wait(1, stop.signal)).rejects.toBe('enough')
})

test('waiting resolves when the time is over', async () => {
  await expect(wait(1, new AbortController().signal)).resolves.toBeUndefined()
})

test('instants keep their moment whatever offset they were written with', () => {
  const date = instant.decode('2026-03-01T12:00:00+08:00')
  expect(instant.encode(date)).toBe('2026-03-01T04:00:00.000Z')
  expect(instant.safeDecode('2026-03-01').success).toBe(false)
  expect(toUnixSeconds(new Date(1_999))).toBe(1)
})
