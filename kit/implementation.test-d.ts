// Checked by the compiler, never run: each expected error below is a mistake that must not compile.
import { ok, type Refused, requestErrors, route, service, topic } from '@knowton/core'
import * as z from 'zod'
import type { EventSourceOpener } from './consume/event-source.ts'
import type { Host } from './host.ts'
import type { Consumer, Handler } from './implementation.ts'
import { run } from './run.ts'
import type { StoreOpener } from './stores.ts'

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
      path: '/buy',
      summary: 'Buy.',
      access: 'user',
      idempotent: true,
      body: z.strictObject({ id: z.string() }),
      output: z.object({ price: z.bigint() }),
      errors: ['shop.closed'],
    }),
    look: route({
      method: 'GET',
      path: '/look',
      summary: 'Look.',
      access: 'public',
      output: z.object({ open: z.boolean() }),
      errors: [],
    }),
  },
  publishes: { sold },
  consumes: { sold },
  stores: { db: { kind: 'postgres', summary: 'State.' } },
  chain: false,
  config: { hours: z.coerce.number() },
  secrets: { till: z.string() },
  size: 'small',
  pool: 'general-purpose',
  instances: 'many',
  needs: [],
})
type Shop = typeof shop
type Ports = { readonly prices: ReadonlyMap<string, bigint> }

declare const postgres: StoreOpener<'postgres'>
declare const files: StoreOpener<'files'>
declare const eventSource: EventSourceOpener

const buy: Handler<Shop, 'buy', Ports> = async ({ body }, { tx, user, ports, publish }) => {
  const price = ports.prices.get(body.id) ?? 0n
  await tx.query('SELECT $1', [user.account])
  await publish(tx, 'sold', { id: body.id, price })
  // @ts-expect-error: an undeclared topic
  await publish(tx, 'bought', { id: body.id, price })
  // @ts-expect-error: a payload of another shape
  await publish(tx, 'sold', { id: body.id, price: 1 })
  // @ts-expect-error: a field the body does not have
  void body.amount
  return ok({ price })
}
const look: Handler<Shop, 'look', Ports> = async (_input, { user, tx }) => {
  // @ts-expect-error: nobody is signed in on a public route
  void user.account
  // @ts-expect-error: only idempotent routes have a transaction
  await tx.query('SELECT 1')
  return ok({ open: true })
}
const hear: Consumer<Shop, 'sold', Ports> = async (event) => {
  const price: bigint = event.payload.price
  void price
  // @ts-expect-error: a field the fact does not have
  void event.payload.buyer
}
const ports = (host: Host<Shop>): Ports => {
  const hours: number = host.config.hours
  const till: string = host.secrets.till.reveal()
  void [hours, till]
  // @ts-expect-error: an undeclared setting
  void host.config.days
  // @ts-expect-error: a secret is not its text
  host.secrets.till.length
  // @ts-expect-error: an undeclared store
  void host.stores.files
  return { prices: new Map() }
}

const shared = { errors: requestErrors, eventSource, migrations: new URL('file:///'), jobs: {} }
const whole = { ...shared, stores: { db: postgres }, ports, routes: { buy, look }, consumers: { sold: hear } }
void run(shop, whole)
// @ts-expect-error: a route without a handler
void run(shop, { ...whole, routes: { buy } })
// @ts-expect-error: a topic without a consumer
void run(shop, { ...whole, consumers: {} })
// @ts-expect-error: a store without an opener
void run(shop, { ...whole, stores: {} })
// @ts-expect-error: an opener of another kind of store
void run(shop, { ...whole, stores: { db: files } })
// @ts-expect-error: a handler of another route
void run(shop, { ...whole, routes: { buy: look, look } })
void run(shop, {
  ...shared,
  stores: { db: postgres },
  ports,
  // @ts-expect-error: a handler of a route that is not declared
  routes: { buy, look, sell: look },
  consumers: { sold: hear },
})

const closed: Refused<{ readonly kind: 'shop.closed' }> = { ok: false, refusal: { kind: 'shop.closed' } }
export const refusing: Handler<Shop, 'buy', Ports> = async () => closed
// @ts-expect-error: a refusal that the route does not declare
export const refusingOtherwise: Handler<Shop, 'look', Ports> = async () => closed

const depth = { summary: 'How deep.', subject: 'Sea', labels: [], alerts: {} } as const
const diving = service({ ...shop, routes: {}, publishes: {}, consumes: {}, gauges: { seaDepthMetres: depth } })
const dive = { ...shared, stores: { db: postgres }, ports: () => ({ metres: 7 }), routes: {}, consumers: {} }
void run(diving, { ...dive, gauges: { seaDepthMetres: async (dived) => [{ value: dived.ports.metres }] } })
// @ts-expect-error: a gauge that nobody measures
void run(diving, dive)
// @ts-expect-error: a gauge that is not declared
void run(diving, { ...dive, gauges: { seaDepthMetres: async () => [], seaTemperature: async () => [] } })
// @ts-expect-error: a gauge of a service that declares none
void run(shop, { ...whole, gauges: { seaDepthMetres: async () => [] } })
