import { expect, test } from 'vitest'
import { opensearch } from '../../testing/opensearch.ts'
import { toyCluster } from '../../testing/toy-cluster.ts'
import { toyPlatform } from '../../testing/toy-platform.ts'
import { componentsOf } from '../components.ts'
import { flows } from '../flows.ts'
import { loads } from '../loads.ts'
import { dashboards } from '../monitoring/dashboards/dashboards.ts'
import { ruleSets } from '../monitoring/rules/groups.ts'
import { secretEntries } from '../secrets/entries.ts'
import { targets } from '../targets.ts'
import { cloudIdentities } from '../workload-identity.ts'
import type { Cluster } from './system.ts'
import { clusterOf } from './systems.ts'

const without = clusterOf(toyPlatform, toyCluster)
const cluster: Cluster = { ...without, systems: [...without.systems, opensearch] }

const filesOf = (of: Cluster) =>
  componentsOf(of).flatMap(({ group, name, files }) =>
    Object.entries(files).map(([file, objects]) => [`${group}/${name}/${file}`, JSON.stringify(objects)] as const),
  )

test('one more record in the list of systems reaches everything that is gathered from it', () => {
  expect(
    flows(cluster)
      .filter(({ to }) => to.name === 'opensearch')
      .map(({ from }) => from.name),
  ).toEqual(expect.arrayContaining(['bookshop', 'opensearch', 'OpenSearch operator', 'prometheus']))
  expect(loads(cluster).data.map(({ what }) => what)).toContain('OpenSearch')
  expect(secretEntries(cluster)).toHaveProperty('opensearch.password')
  expect(cloudIdentities(cluster).map(({ name }) => name)).toContain('opensearch')
  expect(targets(cluster).map(({ monitor }) => monitor?.job)).toContain('opensearch')
  expect(ruleSets(cluster)).toHaveProperty('opensearch')
  expect(dashboards(cluster).map(({ uid }) => uid)).toContain('opensearch')
})

test('one more record changes the quotas of its namespace, the policies and the pages, and no other object', () => {
  const before = new Map(filesOf(without))
  const changed = filesOf(cluster).flatMap(([path, text]) => (before.get(path) === text ? [] : [path]))
  expect(changed).toEqual([
    'platform/quotas/toy-data',
    'platform/network-policies/toy-apps',
    'platform/network-policies/toy-data',
    'platform/network-policies/toy-monitoring',
    'data/opensearch/cluster',
    'monitoring/grafana/deployment',
    'monitoring/grafana/dashboard-opensearch',
    'monitoring/rules/opensearch',
    'monitoring/targets/opensearch',
  ])
})

test('only a service that uses a system may reach it', () => {
  const from = flows(cluster)
    .filter(({ to }) => to.name === 'opensearch')
    .map((flow) => flow.from.name)
  expect(from).not.toContain('cashier')
})
