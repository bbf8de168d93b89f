import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { repository } from '../dev/environment.ts'
import { median, timed } from './timing.ts'

const OBJECTS = 2000
const ROUNDS = 5

/** The objects of the production overlay, one text each. */
const documents = (): readonly string[] => {
  const folder = join(repository, 'k8s/overlays/production')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('kustomization.yaml'))
    .toSorted()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split(/^---$/m))
    .filter((text) => /^kind:/m.test(text))
}

/** Copies with namespaces of their own, so that each is another object in a world of its own. */
const manyObjects = (): string => {
  const own = documents()
  return Array.from({ length: OBJECTS }, (_, index) => {
    const copy = Math.floor(index / own.length)
    const text = own[index % own.length] ?? ''
    return copy === 0 ? text : text.replaceAll(/\bknowton-(prod|data|monitoring)\b/g, `knowton-$1-${copy}`)
  }).join('\n---\n')
}

const folder = mkdtempSync(join(tmpdir(), 'knowton-bench-'))
try {
  const file = join(folder, 'objects.yaml')
  const text = manyObjects()
  writeFileSync(file, text)
  const judge = () => {
    const done = spawnSync(process.execPath, [join(repository, 'tools/verify/main.ts'), file, '--format', 'json'], {
      maxBuffer: 1024 ** 3,
    })
    if (done.status !== 0 && done.status !== 1) throw new Error(done.stderr.toString())
  }
  const parse = () => {
    for (const document of parseAllDocuments(text)) document.toJS()
  }
  const times = { judge: [] as number[], parse: [] as number[] }
  for (let round = 0; round < ROUNDS; round += 1) {
    times.judge.push(timed(judge))
    times.parse.push(timed(parse))
  }
  const [judgeMs, parseMs] = [median(times.judge), median(times.parse)]
  console.log(`${OBJECTS} objects, ${(text.length / 1e6).toFixed(1)} MB of YAML, median of ${ROUNDS} rounds`)
  console.log(`the whole command (start, read, judge, report)  ${judgeMs.toFixed(0)} ms`)
  console.log(`only reading the same text with yaml            ${parseMs.toFixed(0)} ms`)
  console.log(`ratio ${(judgeMs / parseMs).toFixed(2)}; the limit is one core: reading first, then the rules`)
} finally {
  rmSync(folder, { recursive: true })
}
