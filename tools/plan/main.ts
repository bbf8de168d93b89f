import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { clusters } from '@knowton/infra'
import { callersFolder } from '../dev/environment.ts'
import { BadCommand, parseOptions, usage } from './options.ts'
import { clusterPlan } from './plan.ts'
import { planText } from './plan-text.ts'
import { costOf, parsePrices } from './prices.ts'

/** Nothing could be planned. */
const EXIT_NO_PLAN = 2

const run = (): number => {
  const options = parseOptions(process.argv.slice(2))
  if (options.wants === 'help') {
    process.stdout.write(usage)
    return 0
  }
  const environment = Object.entries(clusters).find(([name]) => name === options.environment)?.[1]
  if (environment === undefined)
    throw new BadCommand(
      `There is no environment ${options.environment}; there are ${Object.keys(clusters).join(', ')}.`,
    )
  const prices =
    options.prices === undefined
      ? undefined
      : parsePrices(readFileSync(resolve(callersFolder(), options.prices), 'utf8'))
  const plan = clusterPlan(environment, new Date())
  const cost = prices === undefined ? undefined : costOf(plan, prices)
  const json = () => JSON.stringify({ ...plan, ...(cost === undefined ? {} : { cost }) }, amountsAsText, 2)
  process.stdout.write(options.format === 'json' ? `${json()}\n` : planText(plan, cost))
  return plan.misfits.length === 0 ? 0 : 1
}

/** Amounts are millionths of the currency, as decimal strings. */
const amountsAsText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)

try {
  process.exitCode = run()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  if (error instanceof BadCommand) process.stderr.write('npm run plan -- --help says what there is.\n')
  process.exitCode = EXIT_NO_PLAN
}
