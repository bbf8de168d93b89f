import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LocalPlan, localPlan, type ProcessPlan } from '@knowton/derive'
import { platform } from '@knowton/system'
import { stringify } from 'yaml'
import type { Deployment } from '../../chain-recorder/deployment-record.ts'
import { type Supervised, supervise } from '../../supervisor/supervise.ts'
import { repository } from '../environment.ts'
import { showWarnings } from '../log-tail.ts'
import { untilReady } from './readiness.ts'
import { localResources } from './resources.ts'
import type { Run } from './run-context.ts'

/** The services and the gateway before them, ready. */
export type Services = {
  readonly plan: LocalPlan
  readonly services: readonly Supervised[]
  readonly gateway: Supervised
}

/**
 * Starts every service as a process of its own, and the gateway; resolves when all of them are ready. Warnings are shown
 * from then on: before, services look in vain for what others are about to make.
 */
export const startServices = async (run: Run, deployment: Deployment): Promise<Services> => {
  const plan = localPlan(platform, run.environment, localResources(run.dev, run.ports, run.keys, deployment))
  writeFileSync(run.home.gatewayConfig, stringify(plan.kong), { mode: 0o600 })
  const services = await Promise.all(plan.services.map((service) => startProcess(run, service, 'service')))
  const gateway = await startProcess(run, plan.gateway, 'gateway')
  const all = [...plan.services, plan.gateway].map((process, index) => ({
    process,
    supervised: services[index] ?? gateway,
  }))
  await Promise.all(
    all.map(async ({ process, supervised }) => {
      await untilReady(process, supervised, run.logFile(process.name), run.signal)
      run.console.done(`${process.name} at ${process.url}`)
      void showWarnings(process.name, run.logFile(process.name), run.console.warn, run.signal)
    }),
  )
  return { plan, services, gateway }
}

const startProcess = (run: Run, plan: ProcessPlan, role: 'service' | 'gateway'): Promise<Supervised> => {
  return supervise({
    ...run.supervision,
    name: plan.name,
    start: () =>
      run.registry.launch({
        name: plan.name,
        role,
        command: process.execPath,
        args: [join(repository, plan.entry), ...plan.args],
        env: { ...run.dev.inherited, NODE_COMPILE_CACHE: run.home.compileCache, ...plan.env },
        cwd: repository,
        logFile: run.logFile(plan.name),
      }),
  })
}
