import type { Rule } from '../../types.ts'
import { isObject, objectOf, textOf } from '../../values.ts'
import { installations, isOn } from './installations.ts'

const everywhere = new Set(['::/0', '0.0.0.0/0', '0.0.0.0'])

const addresses = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((address) => textOf(address) ?? [])

/** A user who may come from anywhere. */
export const clickhouseNetworkOpen: Rule = {
  id: 'clickhouse-network-open',
  severity: 'error',
  about: 'No ClickHouse user can sign in from any address.',
  check: (world) =>
    installations(world).flatMap(({ object, configuration }) =>
      Object.entries(objectOf(configuration.users)).flatMap(([key, value]) =>
        key.endsWith('/networks/ip') && addresses(value).some((address) => everywhere.has(address))
          ? [
              {
                on: object,
                path: `spec.configuration.users.${key}`,
                says: `${key.split('/')[0]} may sign in from every address that can reach the servers: ${addresses(value).join(', ')} is all of them.`,
                fix: 'Name the network of the pods that query it.',
              },
            ]
          : [],
      ),
    ),
}

const bounds = ['profile', 'quota', 'grants'] as const

/** A user without bounds. */
export const clickhouseUserUnbounded: Rule = {
  id: 'clickhouse-user-unbounded',
  severity: 'note',
  about: 'Every ClickHouse user has a profile of its own, a quota or grants.',
  check: (world) =>
    installations(world).flatMap(({ object, configuration }) => {
      const keys = Object.keys(objectOf(configuration.users))
      const users = [...new Set(keys.map((key) => key.split('/')[0] ?? key))]
      return users.flatMap((user) => {
        const isBound = bounds.some((bound) => keys.some((key) => `${key}/`.startsWith(`${user}/${bound}/`)))
        if (isBound || user === 'default') return []
        return [
          {
            on: object,
            path: `spec.configuration.users.${keys.find((key) => key.startsWith(`${user}/`)) ?? user}`,
            says: `${user} may read and drop every table and query without end: it has no profile, quota or grants of its own.`,
            fix: 'Set profile, quota and grants of the user.',
          },
        ]
      })
    }),
}

/** Servers without TLS. */
export const clickhouseTlsMissing: Rule = {
  id: 'clickhouse-tls-missing',
  severity: 'warning',
  about: 'No ClickHouse installation takes passwords and queries as plain text.',
  check: (world) =>
    installations(world)
      .filter(({ clusters, settings }) => {
        const isSecure = clusters.some(({ cluster }) => isOn(cluster.secure))
        return !isSecure && settings.tcp_port_secure === undefined && settings.https_port === undefined
      })
      .map(({ object }) => ({
        on: object,
        path: 'spec.configuration.clusters',
        says: 'Whoever can read the network of the cluster reads passwords and rows: the servers speak no TLS.',
        fix: 'Set secure and insecure of the cluster, and openSSL settings with a certificate.',
      })),
}

/** Without a secret the servers trust whoever says to be one of them. */
export const clickhouseInterserverOpen: Rule = {
  id: 'clickhouse-interserver-open',
  severity: 'warning',
  about: 'Every server of a ClickHouse cluster proves itself to the others.',
  check: (world) =>
    installations(world).flatMap(({ object, clusters }) =>
      clusters
        .filter(({ cluster, shards, replicas }) => shards * replicas > 1 && !isObject(cluster.secret))
        .map(({ path }) => ({
          on: object,
          path,
          says: 'Distributed queries run as the user default on the other servers, with its rights instead of the rights of the one who asks.',
          fix: 'Set secret.auto of the cluster.',
        })),
    ),
}

/** Port 9363 is there only when it is configured. */
export const clickhouseMetricsMissing: Rule = {
  id: 'clickhouse-metrics-missing',
  severity: 'warning',
  about: 'Every server of a ClickHouse installation exports metrics.',
  check: (world) =>
    installations(world)
      .filter(({ settings }) => settings['prometheus/port'] === undefined && !isObject(settings.prometheus))
      .map(({ object }) => ({
        on: object,
        path: 'spec.configuration.settings',
        says: 'Port 9363 of the servers will answer nobody: the settings prometheus/endpoint and prometheus/port are not given.',
        fix: 'Set prometheus/endpoint: /metrics, prometheus/port: 9363 and what it shall count.',
      })),
}
