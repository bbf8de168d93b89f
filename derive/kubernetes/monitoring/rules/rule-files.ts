import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest } from '../../manifest.ts'
import { toYaml } from '../../parts/yaml.ts'
import type { Cluster } from '../../systems/system.ts'
import { clusterOf } from '../../systems/systems.ts'
import { ruleSets } from './groups.ts'
import type { Alert, Recording, RuleGroup } from './rule.ts'

/** The PrometheusRule objects of a cluster, by the file that each is written to. */
export const ruleObjects = (cluster: Cluster): Readonly<Record<string, readonly Manifest[]>> =>
  Object.fromEntries(
    Object.entries(ruleSets(cluster))
      .toSorted(byName)
      .map(([name, groups]) => [
        name,
        [
          {
            apiVersion: 'monitoring.coreos.com/v1',
            kind: 'PrometheusRule',
            metadata: { name, namespace: cluster.environment.namespaces.monitoring, labels: labelsOf('rules') },
            spec: { groups: groups.map(groupOf) },
          },
        ],
      ]),
  )

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1

/** The same rules as Prometheus and promtool read them from files: text by path, `services.yaml`. */
export const ruleFiles = (platform: PlatformShape, environment: ClusterEnvironment): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(ruleSets(clusterOf(platform, environment))).map(([name, groups]) => [
      `${name}.yaml`,
      toYaml([{ groups: groups.map(groupOf) }]),
    ]),
  )

const groupOf = ({ name, rules }: RuleGroup) => ({
  name,
  rules: rules.map((rule) => {
    if (rule.kind === 'recording') return recordingOf(rule)
    const { name: alert, expr, forMinutes, severity } = rule
    return {
      alert,
      expr,
      ...(forMinutes === 0 ? {} : { for: `${forMinutes}m` }),
      labels: { severity },
      annotations: annotationsOf(rule),
    }
  }),
})

const recordingOf = ({ record, expr, labels }: Recording) => ({
  record,
  expr,
  ...(Object.keys(labels).length === 0 ? {} : { labels }),
})

/** What Alertmanager sends on: what is wrong and what to do. */
export const annotationsOf = ({ says, fix }: Alert) => ({ summary: says, description: fix })
