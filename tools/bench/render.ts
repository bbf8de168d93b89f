import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { components, toYaml } from '@knowton/derive'
import { clusters } from '@knowton/infra'
import { platform } from '@knowton/system'
import { repository } from '../dev/environment.ts'
import { median, timed } from './timing.ts'

const ROUNDS = 5

const objects = Object.values(clusters).flatMap((environment) =>
  components(platform, environment).flatMap(({ files }) => Object.values(files).flat()),
)

/** Derives and prints everything and compares it with the files; that they may be stale does not matter here. */
const render = (): void => {
  const done = spawnSync(process.execPath, [join(repository, 'tools/render/main.ts'), '--check'])
  if (done.status !== 0 && done.status !== 1) throw new Error(done.stderr.toString())
}

/** Prints the same objects, which are there already. */
const print = (): void => {
  for (const object of objects) toYaml([object])
}

const times = { render: [] as number[], print: [] as number[] }
for (let round = 0; round < ROUNDS; round += 1) {
  times.render.push(timed(render))
  times.print.push(timed(print))
}
const [renderMs, printMs] = [median(times.render), median(times.print)]
console.log(`${objects.length} objects for ${Object.keys(clusters).length} clusters, median of ${ROUNDS} rounds`)
console.log(`the whole command (start, derive, print, compare)  ${renderMs.toFixed(0)} ms`)
console.log(`only printing the same objects with yaml           ${printMs.toFixed(0)} ms`)
console.log(
  `ratio ${(renderMs / printMs).toFixed(2)}; the rest is starting, loading the code, and deriving every set for overlays, Argo CD, tests and pages`,
)
