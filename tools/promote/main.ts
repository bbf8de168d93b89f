import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Fault } from '@knowton/core'
import { type ClusterName, clusters } from '@knowton/infra'
import { platform } from '@knowton/system'
import { buildsOf, parseBuild, withBuilds } from './promotion.ts'

const HELP = `npm run promote -- <environment> service=tag@sha256:… …
npm run promote -- <environment> --from <environment>
Writes infra/releases/<environment>.json and renders: the images that run there are those builds from then on.`

const root = join(import.meta.dirname, '../..')
const services = Object.keys(platform.services)

const environmentOf = (name: string | undefined): (typeof clusters)[ClusterName] => {
  const found = Object.values(clusters).find((each) => each.name === name)
  if (found === undefined)
    throw new Fault(
      'promote.environment',
      `Name one of ${Object.keys(clusters).join(', ')}, not "${name ?? ''}".\n${HELP}`,
    )
  return found
}

const promote = (): void => {
  const { values, positionals } = parseArgs({
    options: { from: { type: 'string' }, help: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (values.help) {
    console.log(HELP)
    return
  }
  const [name, ...texts] = positionals
  const to = environmentOf(name)
  const builds =
    values.from === undefined
      ? texts.map((text) => parseBuild(text, services))
      : buildsOf(environmentOf(values.from).release, services)
  if (builds.length === 0) throw new Fault('promote.build', `Nothing to promote was named.\n${HELP}`)
  const release = withBuilds(to.release, builds)
  writeFileSync(join(root, `infra/releases/${to.name}.json`), `${JSON.stringify(release, undefined, 2)}\n`)
  for (const { service, tag, digest } of builds) console.log(`${to.name} ${service} ${tag} ${digest}`)
  const rendered = spawnSync(process.execPath, [join(root, 'tools/render/main.ts')], { stdio: 'inherit' })
  process.exitCode = rendered.status ?? 1
}

try {
  promote()
} catch (error) {
  const isOurs = error instanceof Fault || (error instanceof TypeError && 'code' in error)
  if (!isOurs) throw error
  console.error(`✗ ${error.message}`)
  process.exitCode = 2
}
