import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { createOtlpTracing } from './otlp-tracing.ts'

test('spans reach the collector inside the trace they were handed', async () => {
  const bodies: string[] = []
  const collector = createServer((request, response) => {
    let body = ''
    request.on('data', (text) => {
      body += text
    })
    request.on('end', () => {
      bodies.push(`${request.url} ${body}`)
      response.end('{}')
    })
  })
  collector.listen(0, '127.0.0.1')
  await once(collector, 'listening')
  const address = collector.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  const tracing = await createOtlpTracing('toy', `http://127.0.0.1:${address.port}/`)
  const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const span = tracing.start('GET /notes', 'server', parent)
  expect(span.traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/)
  expect(span.traceparent).not.toBe(parent)
  span.end({ error: new Error('broken') })
  expect(tracing.start('alone', 'internal', 'nonsense').traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  await tracing.close()
  collector.close()
  expect(bodies).toHaveLength(1)
  expect(bodies[0]).toMatch(/^\/v1\/traces /)
  expect(bodies[0]).toContain('0af7651916cd43dd8448eb211c80319c')
  expect(bodies[0]).toContain('GET /notes')
})
