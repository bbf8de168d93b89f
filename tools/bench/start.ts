import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAnvil } from '../chain-recorder/anvil.ts'
import { homeAt } from '../dev/home.ts'
import { startPostgres } from '../postgres/start-postgres.ts'
import { endChildren } from '../supervisor/children.ts'
import { freePort } from '../supervisor/free-port.ts'
import { createRegistry } from '../supervisor/launch.ts'
import { startPlatform } from './platform.ts'

const ROUNDS = 3
const never = new AbortController().signal

/** The baseline: PostgreSQL and the chain on the same data, side by side, and nothing else. */
const startBareParts = async (root: string): Promise<number> => {
  const home = homeAt(root)
  const registry = createRegistry(join(root, 'bench-children.json'))
  const [postgresPort, chainPort] = [await freePort(), await freePort()]
  const startedAt = performance.now()
  await Promise.all([
    startPostgres(
      { dataFolder: home.postgres, logFile: join(root, 'bench-postgres.log'), port: postgresPort, password: '' },
      registry,
      never,
    ),
    startAnvil(
      { folder: home.chain, logFile: join(root, 'bench-chain.log'), port: chainPort, allowOrigin: 'http://localhost' },
      registry,
      never,
    ),
  ])
  const tookMs = performance.now() - startedAt
  await endChildren(registry.all(), never)
  return tookMs
}

const root = await mkdtemp(join(tmpdir(), 'knowton-bench-'))
try {
  const first = await startPlatform(root)
  await first.stop()
  console.log(`first start, databases and contracts made  ${(first.readyMs / 1000).toFixed(2)} s`)
  const rounds: { readonly warm: number; readonly bare: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const platform = await startPlatform(root)
    await platform.stop()
    rounds.push({ warm: platform.readyMs, bare: await startBareParts(root) })
  }
  const [median] = rounds.toSorted((a, b) => a.warm - b.warm).slice(Math.floor(ROUNDS / 2))
  if (median === undefined) throw new Error('nothing was measured')
  console.log(`warm start to ready, median of ${ROUNDS}            ${(median.warm / 1000).toFixed(2)} s (goal ≤ 8 s)`)
  console.log(
    `PostgreSQL and the chain alone             ${(median.bare / 1000).toFixed(2)} s  ratio ${(median.warm / median.bare).toFixed(1)}`,
  )
  console.log('limit: the processors: each service compiles its modules while the others do')
} finally {
  await rm(root, { recursive: true, force: true })
}
