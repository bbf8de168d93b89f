import { expect, test } from 'vitest'
import { createWakeup } from './wakeup.ts'

const never = new AbortController().signal
const LONG_MS = 3_600_000

test('a sleeper wakes when it is woken', async () => {
  const { wake, sleep } = createWakeup()
  const sleeping = sleep(LONG_MS, never)
  wake()
  await expect(sleeping).resolves.toBeUndefined()
})

test('who was woken before going to sleep does not sleep, once', async () => {
  const { wake, sleep } = createWakeup()
  wake()
  wake()
  await sleep(LONG_MS, never)
  let awake = false
  const second = sleep(LONG_MS, never).then(() => {
    awake = true
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(awake).toBe(false)
  wake()
  await second
})

test('a sleeper wakes by itself after its time', async () => {
  await expect(createWakeup().sleep(1, never)).resolves.toBeUndefined()
})

test('a signal ends the sleep with its reason, a fired one at once', async () => {
  const { sleep } = createWakeup()
  const stopping = new AbortController()
  const sleeping = sleep(LONG_MS, stopping.signal)
  const reason = new Error('draining')
  stopping.abort(reason)
  await expect(sleeping).rejects.toBe(reason)
  await expect(sleep(LONG_MS, stopping.signal)).rejects.toBe(reason)
})
