import { MAX_UINT256 } from '@knowton/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenStore, Warehouse } from '../stores.ts'

/** What every warehouse must do; each adapter's test runs it on a fresh, empty one. */
export const behavesAsWarehouse = (open: () => Promise<OpenStore<Warehouse>>): void => {
  let opened: OpenStore<Warehouse>
  const warehouse = (): Warehouse => opened.store
  beforeAll(async () => {
    opened = await open()
    await warehouse().command(
      "CREATE TABLE facts (id String, amount UInt256, delta Int256, at DateTime64(3, 'UTC'), " +
        'maybe Nullable(UInt256), many Array(UInt256), names Array(String), yes Bool, version UInt64) ' +
        'ENGINE = ReplacingMergeTree(version) ORDER BY id',
    )
  })
  afterAll(() => opened.close())

  const fact = (id: string, fields: Readonly<Record<string, unknown>> = {}) => ({
    id,
    amount: 0n,
    delta: 0n,
    at: new Date(0),
    maybe: null,
    many: [],
    names: [],
    yes: false,
    version: 1n,
    ...fields,
  })

  test('answers that it is there', async () => {
    await expect(opened.check()).resolves.toBeUndefined()
  })

  test('keeps every bit of the largest and smallest amounts, and the milliseconds of an instant', async () => {
    const at = new Date('2026-02-03T04:05:06.789Z')
    const row = {
      amount: MAX_UINT256,
      delta: -(2n ** 255n),
      at,
      maybe: MAX_UINT256,
      many: [0n, MAX_UINT256],
      yes: true,
    }
    await warehouse().insert('facts', [fact('extremes', row)])
    const [read] = await warehouse().query<Record<string, unknown>>("SELECT * FROM facts WHERE id = 'extremes'")
    expect(read).toMatchObject({
      amount: MAX_UINT256.toString(),
      delta: (-(2n ** 255n)).toString(),
      at: '2026-02-03 04:05:06.789',
      maybe: MAX_UINT256.toString(),
      many: ['0', MAX_UINT256.toString()],
      yes: true,
      version: '1',
    })
  })

  test.each([
    ['quotes and backslashes', `it's \\' OR 1=1 -- "\\`],
    ['control characters', 'tab\tline\nreturn\rnul\0backspace\b'],
    ['text beyond the basic plane', 'é 漢字 🎨 \u2028'],
    ['what looks like a placeholder', '{id:String} ? $1 \\N'],
  ])('binds and keeps %s as they are', async (_, text) => {
    await warehouse().insert('facts', [fact(text, { names: [text, ''] })])
    const found = await warehouse().query<{ id: string; names: string[]; bound: string }>(
      'SELECT id, names, {id:String} AS bound FROM facts WHERE id = {id:String} AND names = {names:Array(String)}',
      { id: text, names: [text, ''] },
    )
    expect(found).toEqual([{ id: text, names: [text, ''], bound: text }])
  })

  test('binds bigint, null, arrays and instants by their declared type', async () => {
    const at = new Date('2026-02-03T04:05:06.789Z')
    const [row] = await warehouse().query(
      "SELECT {a:UInt256} AS a, {n:Nullable(UInt256)} AS n, {many:Array(UInt256)} AS many, {at:DateTime64(3, 'UTC')} AS at",
      { a: MAX_UINT256, n: null, many: [1n, MAX_UINT256], at },
    )
    expect(row).toEqual({
      a: MAX_UINT256.toString(),
      n: null,
      many: ['1', MAX_UINT256.toString()],
      at: '2026-02-03 04:05:06.789',
    })
  })

  test('runs statements side by side without mixing their parameters', async () => {
    const asked = Array.from({ length: 40 }, (_, index) => BigInt(index))
    const answers = await Promise.all(
      asked.map((value) => warehouse().query<{ v: string }>('SELECT {v:UInt256} AS v', { v: value })),
    )
    expect(answers.map((rows) => BigInt(rows[0]?.v ?? -1))).toEqual(asked)
  })

  test('a row inserted again replaces itself, whatever the batches', async () => {
    const rows = [fact('twice', { amount: 5n }), fact('twice', { amount: 7n, version: 2n })]
    await warehouse().insert('facts', rows)
    await warehouse().insert('facts', rows.slice(0, 1))
    const read = await warehouse().query("SELECT amount FROM facts FINAL WHERE id = 'twice'")
    expect(read).toEqual([{ amount: '7' }])
  })

  test('a column that is left out takes its default', async () => {
    await warehouse().insert('facts', [{ id: 'bare', amount: 3n }, fact('whole', { maybe: 4n })])
    const read = await warehouse().query(
      "SELECT amount, maybe, many FROM facts WHERE id IN ('bare', 'whole') ORDER BY id",
    )
    expect(read).toEqual([
      { amount: '3', maybe: null, many: [] },
      { amount: '0', maybe: '4', many: [] },
    ])
  })

  test('an insert of nothing does nothing', async () => {
    await expect(warehouse().insert('facts', [])).resolves.toBeUndefined()
  })

  test.each([
    ['an unknown column', 'facts', { ...fact('bad'), colour: 'red' }],
    ['an amount that is no number', 'facts', fact('bad', { amount: 'eleven' })],
    ['an undefined value', 'facts', fact('bad', { amount: undefined })],
    ['a table that is not there', 'nowhere', fact('bad')],
    ['a table name that is SQL', 'facts; DROP TABLE facts', fact('bad')],
  ])('refuses %s for good and writes nothing', async (_, table, row) => {
    await expect(warehouse().insert(table, [fact('bad'), row])).rejects.toMatchObject({ name: 'Fault', retry: 'never' })
    expect(await warehouse().query("SELECT id FROM facts WHERE id = 'bad'")).toEqual([])
  })

  test('a statement that cannot run is a fault for good', async () => {
    await expect(warehouse().query('SELECT boom')).rejects.toMatchObject({
      code: 'warehouse.statement',
      retry: 'never',
    })
    await expect(warehouse().command('DROP nothing')).rejects.toMatchObject({ code: 'warehouse.statement' })
    await expect(warehouse().query('SELECT {missing:UInt8}')).rejects.toMatchObject({ retry: 'never' })
  })
}
