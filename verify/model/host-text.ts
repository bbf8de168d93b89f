/** A host, and a port where one is given, found in a text. */
export type HostInText = { readonly host: string; readonly port: number | undefined; readonly scheme?: string }

/** Ports of schemes that are used without one. */
const schemePorts: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
  postgres: 5432,
  postgresql: 5432,
  redis: 6379,
  rediss: 6379,
}

const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?'
const hostName = `${label}(?:\\.${label})*`

/** `scheme://user:password@host:port`; the user part may hold `$(VARIABLE)`s and Go templates, never a slash or space. */
const url = new RegExp(
  `\\b([a-z][a-z0-9+]*)://(?:(?:\\$\\([A-Za-z0-9_]+\\)|\\{\\{[^}]*\\}\\}|[^\\s/@"'\`{}])*@)?(${hostName})\\.?(?::(\\d{1,5}))?(?=[/?#\\s"'\`,;)\\]}]|$)`,
  'g',
)
const hostAndPort = new RegExp(`^(${hostName}):(\\d{1,5})$`)
const plainHost = new RegExp(`^${hostName}$`)
const clusterName = new RegExp(
  `(?<![\\w.@/-])(${label}(?:\\.${label})+\\.svc(?:\\.cluster\\.local)?)\\.?(?::(\\d{1,5}))?(?![\\w-])`,
  'g',
)

/** Schemes whose URLs name a host; in `s3://`, `vault://` or `file://` the first part is a bucket, a store, a folder. */
const hostSchemes = new Set([
  ...['http', 'https', 'ws', 'wss', 'grpc', 'grpcs', 'h2c', 'tcp', 'tcps', 'tls', 'udp', 'kafka', 'nats', 'zk'],
  ...['postgres', 'postgresql', 'mysql', 'redis', 'rediss', 'valkey', 'mongodb', 'amqp', 'amqps', 'clickhouse'],
  ...['ldap', 'ldaps', 'smtp', 'smtps', 'ftp', 'sftp', 'ssh'],
])

/** Every URL's host. */
export const hostsOfUrls = (text: string): readonly HostInText[] =>
  text.includes('://')
    ? [...text.matchAll(url)]
        .filter(([, scheme = '']) => hostSchemes.has(scheme))
        .map(([, scheme = '', host = '', port]) => ({
          host,
          port: port === undefined ? schemePorts[scheme] : Number(port),
          scheme,
        }))
    : []

/** Every full name of a Service: `name.namespace.svc`, with a port or without. */
export const clusterNames = (text: string): readonly HostInText[] =>
  text.includes('.svc')
    ? [...text.matchAll(clusterName)].map(([, host = '', port]) => ({
        host,
        port: port === undefined ? undefined : Number(port),
      }))
    : []

/** The items of a list like `kafka-0:9092,kafka-1:9092`; empty when one of them is no host with a port. */
export const hostList = (text: string): readonly HostInText[] => {
  const items = text.split(',').map((item) => hostAndPort.exec(item.trim()))
  return items.some((match) => match === null)
    ? []
    : items.flatMap((match) => (match === null ? [] : [{ host: match[1] ?? '', port: Number(match[2]) }]))
}

/** The text as one host name; undefined when it is none, or one that means this machine. */
export const onlyHost = (text: string): string | undefined =>
  plainHost.test(text) && /[a-z]/.test(text) && !['localhost', 'true', 'false', 'off', 'on', 'none'].includes(text)
    ? text
    : undefined
