import { chdb } from '@knowton/adapters/chdb'
import { silentLog } from '@knowton/adapters/postgres/testing'
import { temporaryFolder } from '@knowton/kit/testing'
import { expect, test } from 'vitest'
import { migrateWarehouse, statementsOf } from './migrate-warehouse.ts'

const schema = new URL('./schema/', import.meta.url)

test('the steps of the schema run once, and one that changed is refused', async () => {
  const folder = await temporaryFolder()
  const { store, close } = await chdb({
    url: `chdb://${folder.path}/w`,
    serviceName: 'analytics-service',
    log: silentLog,
  })
  await migrateWarehouse(store, schema)
  await migrateWarehouse(store, schema)
  expect(await store.query('SELECT version, name FROM applied_steps ORDER BY version')).toEqual([
    { version: 1, name: '001-topics.sql' },
    { version: 2, name: '002-identity.sql' },
  ])
  await store.insert('applied_steps', [{ version: 1, name: '001-topics.sql', checksum: 'other' }])
  await expect(migrateWarehouse(store, schema)).rejects.toMatchObject({ code: 'warehouse.step-changed' })
  await close()
  await folder.close()
})

test('a statement ends with a semicolon at the end of a line, and a comment belongs to none', () => {
  const text = "-- first; not a statement\nSELECT ';' AS a,\n  -- inside;\n  2;\n\nSELECT 3; \n"
  expect(statementsOf(text)).toEqual(["SELECT ';' AS a,\n\n  2", 'SELECT 3'])
})
