// Checked by the compiler, never run: each expected error below is a mistake that must not compile.
import { route, service, topic } from '@knowton/core'
import * as z from 'zod'
import { accepted } from './call-route.ts'
import type { TestService } from './open-service.ts'

const sold = topic({
  name: 'sold',
  version: 1,
  summary: 'Sold.',
  payload: z.object({ id: z.string(), price: z.bigint() }),
  key: (fact) => fact.id,
  partitions: 1,
  retentionDays: 1,
})
const shop = service({
  name: 'shop',
  summary: 'Sells.',
  routes: {
    buy: route({
      method: 'POST',
      path: '/things/:id/buy',
      summary: 'Buy.',
      access: 'user',
      params: z.object({ id: z.string() }),
      body: z.strictObject({ price: z.codec(z.string(), z.bigint(), { decode: BigInt, encode: String }) }),
      output: z.object({ price: z.bigint() }),
      errors: [],
    }),
  },
  publishes: { sold },
  consumes: { sold },
  stores: { db: { kind: 'postgres', summary: 'State.' } },
  chain: false,
  config: {},
  secrets: {},
  gauges: { thingsLeft: { summary: 'How many.', subject: 'Shop', labels: [], alerts: {} } },
  size: 'small',
  pool: 'general-purpose',
  instances: 'many',
  needs: [],
})
declare const opened: TestService<typeof shop, undefined>
const params = { id: '1' }

const price: bigint = accepted(await opened.call('buy', { params, body: { price: 1n } })).price
void price
void opened.call('buy', { params, body: { price: '1' } })
// @ts-expect-error: a body that is neither decoded nor in the wire form
void opened.call('buy', { params, body: { price: 1 } })
// @ts-expect-error: a part that the route declares is missing
void opened.call('buy', { body: { price: 1n } })
// @ts-expect-error: a route that is not declared
void opened.call('sell', { params })
// @ts-expect-error: a handler gets decoded values only
void opened.handle('buy', { params, body: { price: '1' } })
void opened.hear({ topic: 'sold', payload: { id: '1', price: 1n } })
// @ts-expect-error: a fact of another shape
void opened.hear({ topic: 'sold', payload: { id: '1', price: 1 } })
// @ts-expect-error: a topic that is not consumed
void opened.consume({ topic: 'bought', payload: { id: '1', price: 1n } })
// @ts-expect-error: a topic that is not published
void opened.published('bought')
// @ts-expect-error: a gauge that is not declared
void opened.measure('thingsSold')
