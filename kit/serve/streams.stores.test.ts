import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildToyServer, type ToyServer } from './testing/toy-server.ts'

let toy: ToyServer
let url: string
beforeEach(async () => {
  toy = await buildToyServer()
  url = await toy.server.listen({ host: '127.0.0.1', port: 0 })
})
afterEach(() => toy.server.close())

test('a caller that leaves ends the stream it followed', async () => {
  const leaving = new AbortController()
  const answer = await fetch(`${url}/api/v1/forever`, { signal: leaving.signal })
  const reader = answer.body?.getReader()
  await reader?.read()
  leaving.abort()
  await toy.streamEnded
})

test('a draining process ends the streams that are followed, not the requests under way', async () => {
  const answer = await fetch(`${url}/api/v1/forever`)
  toy.draining.abort(new Error('draining'))
  expect(await answer.text()).toContain('retry: 2000')
  expect((await fetch(`${url}/api/v1/notes/1`)).status).toBe(200)
})

test('a refused request with a long body is answered before the body is read', async () => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write('PUT /api/v1/file HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000000\r\n\r\nfirst bytes')
  const [head] = await once(socket.setEncoding('utf8'), 'data')
  expect(head).toMatch(/^HTTP\/1\.1 413 /)
  expect(head.toLowerCase()).toContain('connection: close')
  await once(socket, 'close')
})

test('bytes that are no HTTP are answered with 400', async () => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write('hello\r\n\r\n')
  const [head] = await once(socket.setEncoding('utf8'), 'data')
  expect(head).toMatch(/^HTTP\/1\.1 400 /)
})

test('a connection stays open after a refusal', async () => {
  const answer = await fetch(`${url}/api/v1/nothing`)
  expect([answer.status, answer.headers.get('connection')]).toEqual([404, 'keep-alive'])
})
