import { clusters } from '@knowton/infra'
import { expect, test } from 'vitest'
import { clusterPlan } from './cluster-plan.ts'
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
