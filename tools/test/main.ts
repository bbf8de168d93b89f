import { nothingRan, type Outcome, outcomeText, sum, tierText } from './outcome.ts'
import { type Tier, tiers } from './tiers.ts'

/** A tier that ran no test at all and does not say why has not passed. */
const runTier = async (tier: Tier, signal: AbortSignal): Promise<Outcome> => {
  console.log(`\n── ${tier.name}: ${tier.what}`)
  const startedAt = performance.now()
  const outcome = await tier.run(signal)
  const isEmpty = outcome.passed + outcome.failed === 0 && (outcome.notRun ?? []).length === 0
  console.log(`── ${tier.title ?? tier.name}: ${tierText(outcome)} (${seconds(startedAt)})`)
  return isEmpty ? { ...outcome, failed: 1 } : outcome
}

const seconds = (startedAt: number): string => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`

const main = async (names: readonly string[]): Promise<number> => {
  const unknown = names.filter((name) => tiers.every((tier) => tier.name !== name))
  if (unknown.length > 0) {
    console.error(`There is no tier ${unknown.join(', ')}; there are ${tiers.map(({ name }) => name).join(', ')}.`)
    return 2
  }
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort())
  const startedAt = performance.now()
  let total = nothingRan
  for (const tier of tiers.filter(({ name, isOutside }) => (names.length === 0 ? !isOutside : names.includes(name)))) {
    if (interrupted.signal.aborted) break
    total = sum(total, await runTier(tier, interrupted.signal))
  }
  console.log(`\n${interrupted.signal.aborted ? 'interrupted after' : 'all in'} ${seconds(startedAt)}`)
  console.log(outcomeText(total))
  return total.failed === 0 && !interrupted.signal.aborted ? 0 : 1
}

process.exitCode = await main(process.argv.slice(2))
