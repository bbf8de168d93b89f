import { defineErrors, ok, refuse, requestErrors, route, service, topic } from '@knowton/core'
import type { BatchConsumer, Consumer, Handler, Host, Implementation } from '@knowton/kit'
import * as z from 'zod'
import { postgres } from '../postgres.ts'
import { postgresEvents } from '../postgres-events.ts'

const noted = topic({
  name: 'noted',
  version: 1,
  summary: 'A note was written.',
  payload: z.object({ book: z.string(), n: z.int(), worth: z.string() }),
  key: (note) => note.book,
  partitions: 1,
  retentionDays: 1,
})
const counted = topic({ ...noted, name: 'counted', summary: 'As noted, for those who read in batches.' })
const echoed = topic({ ...noted, name: 'echoed', summary: 'A note was heard.' })

/** Writes notes and publishes them. */
export const writer = service({
  name: 'writer',
  summary: 'Writes notes.',
  routes: {
    write: route({
      method: 'POST',
      path: '/books/:book/notes',
      summary: 'Write the next note.',
      access: 'user',
      idempotent: true,
      params: z.object({ book: z.string().min(1) }),
      body: z.strictObject({ worth: z.string(), refused: z.boolean().optional(), fails: z.boolean().optional() }),
      output: z.object({ n: z.int() }),
      status: 201,
      errors: ['note.refused'],
    }),
  },
  publishes: { noted, counted },
  consumes: {},
  stores: { db: { kind: 'postgres', summary: 'Notes.' } },
  chain: false,
  config: {},
  secrets: {},
  size: 'small',
  pool: 'general-purpose',
  instances: 'many',
  needs: [],
})

/** Hears notes: applies each once. */
export const hearer = service({
  name: 'hearer',
  summary: 'Hears notes.',
  routes: {},
  publishes: { echoed },
  consumes: { noted, counted },
  stores: { db: { kind: 'postgres', summary: 'What was heard.' } },
  chain: false,
  config: {},
  secrets: {},
  size: 'small',
  pool: 'general-purpose',
  instances: 'many',
  needs: [],
})

const errors = defineErrors({
  ...requestErrors,
  'note.refused': { status: 409, retry: 'never', says: 'This note is refused.' },
})

type WriterPorts = { readonly onWrite: (book: string) => Promise<void> }

const write: Handler<typeof writer, 'write', WriterPorts> = async ({ params, body }, { tx, publish, ports, user }) => {
  const [row] = await tx.query<{ n: bigint }>(
    `INSERT INTO book AS b (name, owner, notes) VALUES ($1, $2, 1)
     ON CONFLICT (name) DO UPDATE SET notes = b.notes + 1 RETURNING notes AS n`,
    [params.book, user.account],
  )
  const n = Number(row?.n ?? 0n)
  await publish(tx, 'noted', { book: params.book, n, worth: body.worth })
  await publish(tx, 'counted', { book: params.book, n, worth: body.worth })
  await ports.onWrite(params.book)
  if (body.refused) return refuse({ kind: 'note.refused' })
  if (body.fails) throw new Error('the note fails')
  return ok({ n })
}

/** The writer; `onWrite` runs inside the transaction of each note. */
export const writerOf = (
  onWrite: WriterPorts['onWrite'] = async () => undefined,
): Implementation<typeof writer, WriterPorts> => ({
  errors,
  stores: { db: postgres },
  eventSource: postgresEvents,
  migrations: new URL('./writer-migrations/', import.meta.url),
  ports: (_host: Host<typeof writer>): WriterPorts => ({ onWrite }),
  routes: { write },
  consumers: {},
  jobs: {},
})

/** What a hearer does besides writing down what it hears. */
export type HearerPorts = {
  readonly onNoted: (book: string, n: number) => Promise<void>
  readonly onCounted: (notes: readonly { readonly book: string; readonly n: number }[]) => Promise<void>
}

const hear: Consumer<typeof hearer, 'noted', HearerPorts> = async (event, { tx, ports, publish }) => {
  const { book, n } = event.payload
  await tx.query('INSERT INTO heard (topic, book, n) VALUES ($1, $2, $3)', ['noted', book, n])
  await publish(tx, 'echoed', event.payload)
  await ports.onNoted(book, n)
}

const count: BatchConsumer<typeof hearer, 'counted', HearerPorts> = {
  batch: async (events, { tx, ports }) => {
    const notes = events.map((event) => event.payload)
    await tx.query(`INSERT INTO heard (topic, book, n) SELECT 'counted', * FROM unnest($1::text[], $2::int[])`, [
      notes.map((note) => note.book),
      notes.map((note) => note.n),
    ])
    await ports.onCounted(notes)
  },
}

/** The hearer, with what it does on each note. */
export const hearerOf = (ports: Partial<HearerPorts> = {}): Implementation<typeof hearer, HearerPorts> => ({
  errors,
  stores: { db: postgres },
  eventSource: postgresEvents,
  migrations: new URL('./hearer-migrations/', import.meta.url),
  ports: (_host: Host<typeof hearer>): HearerPorts => ({
    onNoted: async () => undefined,
    onCounted: async () => undefined,
    ...ports,
  }),
  routes: {},
  consumers: { noted: hear, counted: count },
  jobs: {},
})
