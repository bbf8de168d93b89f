import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { images, lock } from '@knowton/infra'
import { pin } from './pin.ts'

const HELP = `npm run pin -- [--check]
Asks the registries for the digest of every image in infra/versions.ts and writes infra/images.lock.
  --check  writes nothing; fails when a digest is missing or a tag has moved
An image whose registry cannot be reached keeps what the lock has; no digest is ever made up.`

const TIMEOUT_MS = 30_000
const LOCK = join(import.meta.dirname, '../../infra/images.lock')
const marks = { same: '=', new: '+', moved: '~', failed: '✗' } as const

const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } })
if (values.help) console.log(HELP)
else {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const wanted = Object.values(images).map(({ repository, tag }) => `${repository}:${tag}`)
  const found = await pin(wanted, lock, () => ({ fetch, scheme: 'https', signal }))
  for (const { image, outcome, says } of found.pinned) console.log(`${marks[outcome]} ${image}  ${says}`)
  const count = (outcome: keyof typeof marks) => found.pinned.filter((one) => one.outcome === outcome).length
  console.log(
    `${count('same')} unchanged, ${count('new')} new, ${count('moved')} moved, ${count('failed')} not resolved`,
  )
  if (!values.check) writeFileSync(LOCK, `${JSON.stringify(found.lock, undefined, 2)}\n`)
  const isStale = values.check && count('new') + count('moved') > 0
  process.exitCode = count('failed') > 0 || isStale ? 1 : 0
  if (!values.check && count('new') + count('moved') > 0) console.log('Now run npm run render.')
}
