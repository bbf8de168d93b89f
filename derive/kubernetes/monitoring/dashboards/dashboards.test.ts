import { metricName } from '@knowton/core'
import { parser } from '@prometheus-io/lezer-promql'
import { expect, test } from 'vitest'
import { toyCluster } from '../../../testing/toy-cluster.ts'
import { toyPlatform } from '../../../testing/toy-platform.ts'
import type { System } from '../../systems/system.ts'
import { clusterOf, systems } from '../../systems/systems.ts'
import { ruleSets } from '../rules/groups.ts'
import { serviceMetrics } from '../service-metrics.ts'
import { dashboardJson } from './dashboard-json.ts'
import { dashboards } from './dashboards.ts'

const allMetrics = [
  ...serviceMetrics,
  ...Object.values<System>(systems).flatMap(({ metrics }) => Object.values(metrics).flat()),
]
const backends = (['torchserve', 'triton'] as const).map((backend) => ({
  ...toyCluster,
  inference: { ...toyCluster.inference, backend, gpus: 1 },
}))
const pages = backends.flatMap((environment) => dashboards(clusterOf(toyPlatform, environment)))
const rules = backends.flatMap((environment) =>
  Object.values(ruleSets(clusterOf(toyPlatform, environment))).flatMap((groups) =>
    groups.flatMap((group) => group.rules),
  ),
)
const expressions = [
  ...pages.flatMap(({ rows }) => rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries))),
  ...rules,
].map(({ expr }) => expr)

type Placed = { readonly id: number; readonly type: string; readonly gridPos: Record<'x' | 'y' | 'w' | 'h', number> }
const panelsOf = (json: string): readonly Placed[] => JSON.parse(json).panels

test('every expression of dashboards and rules is PromQL', () => {
  const wrong = expressions.filter((expr) => {
    let isWrong = false
    parser.parse(expr).iterate({
      enter: ({ type }) => {
        isWrong ||= type.isError
      },
    })
    return isWrong
  })
  expect(wrong).toEqual([])
})

test('every metric that is read is exposed by something, and every one that is listed is read', () => {
  const gauges = Object.values(toyPlatform.services).flatMap((service) =>
    Object.keys('gauges' in service && typeof service.gauges === 'object' ? (service.gauges ?? {}) : {}),
  )
  const recorded = rules.flatMap((rule) => (rule.kind === 'recording' ? [rule.record] : []))
  const known = new Set([...allMetrics, ...gauges.map(metricName), ...recorded])
  const read = expressions.flatMap((expr) => {
    const names: string[] = []
    parser.parse(expr).iterate({
      enter: ({ name, from, to }) => {
        if (name === 'Identifier') names.push(expr.slice(from, to))
      },
    })
    return names
  })
  const unknown = read.filter((name) => !known.has(name) && !known.has(name.replace(/_(bucket|count|sum)$/, '')))
  expect([...new Set(unknown)]).toEqual([])
  const unread = allMetrics.filter(
    (name) => !read.some((used) => used.replace(/_(bucket|count|sum)$/, '') === name || used === name),
  )
  expect(unread).toEqual([])
})

test('panels lie within 24 columns, never on one another, each with an id of its own', () => {
  for (const page of pages) {
    const panels = panelsOf(dashboardJson(page))
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    const taken = new Set<string>()
    for (const { gridPos } of panels) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24)
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(taken).not.toContain(`${x} ${y}`)
          taken.add(`${x} ${y}`)
        }
    }
  }
})

test('dashboards use core panels only, fit a ConfigMap, and name no namespace', () => {
  const texts = dashboards(clusterOf(toyPlatform, toyCluster)).map(dashboardJson)
  const types = new Set(texts.flatMap((text) => panelsOf(text).map(({ type }) => type)))
  expect([...types].filter((type) => !['row', 'timeseries', 'stat', 'table', 'bargauge'].includes(type))).toEqual([])
  for (const text of texts) {
    expect(text.length).toBeLessThan(900_000)
    for (const namespace of Object.values(toyCluster.namespaces)) expect(text).not.toContain(namespace)
  }
})

test('every dashboard has a uid of its own', () => {
  const uids = dashboards(clusterOf(toyPlatform, toyCluster)).map(({ uid }) => uid)
  expect(new Set(uids).size).toBe(uids.length)
})
