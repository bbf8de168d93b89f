import { expect, test } from 'vitest'
import { fragmentFaults } from './fragment-faults.ts'

const small = { path: 'kit/serve/prefix.ts', text: "export const PREFIX = '/api'\n" }
const importer = (path: string, text = "import { PREFIX } from './prefix.ts'\n") => ({ path, text })

test('a small file with one importer belongs in it', () => {
  expect(fragmentFaults([small, importer('kit/serve/server.ts')])).toEqual([
    'kit/serve/prefix.ts: 1 lines that only kit/serve/server.ts imports; they belong there',
  ])
})

test('a test is no importer', () => {
  const one = importer('kit/serve/server.ts')
  expect(fragmentFaults([small, one, importer('kit/serve/other.test.ts')])).toHaveLength(1)
})

test.each([
  ['two files import it', [importer('kit/serve/a.ts'), importer('kit/serve/b.ts')]],
  ['it goes through a front door', [importer('kit/serve/index.ts', "export { PREFIX } from './prefix.ts'\n")]],
  ['it is loaded when needed', [importer('kit/serve/a.ts', "const { PREFIX } = await import('./prefix.ts')\n")]],
  ['it has a test of its own', [importer('kit/serve/a.ts'), importer('kit/serve/prefix.test.ts')]],
])('a small file stands alone when %s', (_why, others) => {
  expect(fragmentFaults([small, ...others])).toEqual([])
})

test('routes stand alone however small they are', () => {
  const route = { path: 'kit/serve/routes/ping.ts', text: 'export const ping = 1\n' }
  expect(fragmentFaults([route, importer('kit/serve/a.ts', "import { ping } from './routes/ping.ts'\n")])).toEqual([])
})
