import type { CloudAccount } from '@knowton/derive'
import { clusters } from '@knowton/infra'
import { loadText, machineTypes } from '@knowton/verify'
import { expect, test } from 'vitest'
import { poolsOf } from '../verify/context.ts'
import { clusterPlan } from './plan.ts'
import { planText } from './plan-text.ts'

const today = new Date('2026-11-23T00:00:00Z')
const production = clusterPlan(clusters.production, today)

test('production fits, also scaled up and with one node or one zone lost', () => {
  expect(production.misfits).toEqual([])
  for (const { nodes } of production.pools)
    for (const { needed, allowed } of Object.values(nodes)) expect(needed).toBeLessThanOrEqual(allowed)
})

test('each ClickHouse replica has a node of its own', () => {
  const { shards, replicas } = clusters.production.clickhouse
  const own = production.pools
    .flatMap(({ placed }) => placed)
    .map(({ pods }) => pods.find(({ name }) => name.startsWith('chi-'))?.count ?? 0)
    .filter((count) => count > 0)
  expect(own).toEqual(Array.from({ length: shards * replicas }, () => 1))
})

test('the volumes are those of the cluster’s description', () => {
  const gib = (prefix: string) =>
    production.storage.filter(({ system }) => system.startsWith(prefix)).reduce((sum, row) => sum + row.gib, 0)
  expect(gib('knowton-kafka-broker')).toBe(1500)
  expect(gib('knowton-postgres')).toBe(3 * (500 + 100))
  expect(gib('chi-')).toBe(6 * (1024 + 100))
})

test('a pool that is too small is told in a sentence', () => {
  const { data } = clusters.production.pools
  const small = { ...clusters.production, pools: { ...clusters.production.pools, data: { ...data, maxNodes: 4 } } }
  const plan = clusterPlan(small, today)
  expect(plan.misfits.join()).toContain('pool "data"')
  expect(planText(plan, undefined)).toContain('What does not fit:')
})

test('a cluster without pools is planned by what it requests', () => {
  const plan = clusterPlan(clusters.local, today)
  expect(plan).toMatchObject({ pools: [], misfits: [] })
  expect(planText(plan, undefined)).toContain('no pools of nodes')
})

const accounts: Readonly<Record<'eks' | 'gke' | 'aks', CloudAccount>> = {
  eks: { kind: 'eks', region: 'eu-west-1', account: '123456789012' },
  gke: { kind: 'gke', region: 'europe-west1', project: 'toy' },
  aks: {
    kind: 'aks',
    region: 'westeurope',
    resourceGroup: 'toy',
    subscription: 'toy',
    tenant: 'toy',
    vaultUrl: 'https://toy.vault.azure.net',
    storageAccount: 'toy',
    clientIds: { secrets: 'toy', dns: 'toy' },
  },
}
const machines = (['eks', 'gke', 'aks'] as const).flatMap((cloud) =>
  Object.keys(machineTypes[cloud]).map((machine) => ({ cloud, machine })),
)

test.each(machines)('a plan and a described pool give $machine on $cloud the same size', ({ cloud, machine }) => {
  const { production } = clusters
  const pool = production.pools.data
  const pools = poolsOf({
    ...production,
    cloud: accounts[cloud],
    pools: { ...production.pools, data: { ...pool, instanceTypes: { ...pool.instanceTypes, [cloud]: machine } } },
  })
  const described = loadText(`node_pools: [{ name: data, instance_type: ${machine} }]\n`, 'pools.yaml').pools
  expect(described?.[0]?.allocatable).toBeDefined()
  expect(pools?.find(({ name }) => name === 'data')?.allocatable).toEqual(described?.[0]?.allocatable)
})
