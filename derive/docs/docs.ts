import type { PlatformShape, ServiceShape, TopicShape } from '@knowton/core'
import { systemVariables, variableOf } from '@knowton/core'
import * as z from 'zod'
import { systemsOf } from '../edges.ts'

/** The reference pages of `platform` in Markdown, by file name. */
export const docs = (platform: PlatformShape): Readonly<Record<string, string>> => ({
  'services.md': page(`Services of ${platform.name}`, Object.values(platform.services).map(servicePart)),
  'topics.md': page('Topics', topicsOf(platform).map(topicPart(platform))),
  'errors.md': page('Errors', [errorsPart(platform)]),
  'configuration.md': page('Configuration', Object.values(platform.services).map(configurationPart)),
})

const page = (title: string, parts: readonly string[]): string =>
  `<!-- Generated from system/ by \`npm run generate\`; do not edit. -->\n\n# ${title}\n\n${parts.join('\n\n')}\n`

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

const topicsOf = (platform: PlatformShape): readonly TopicShape[] =>
  Object.values(platform.services)
    .flatMap((service) => Object.values(service.publishes))
    .toSorted((a, b) => a.name.localeCompare(b.name))

const namesOf = (topics: Readonly<Record<string, TopicShape>>): string =>
  Object.values(topics)
    .map((topic) => `\`${topic.name}\``)
    .join(', ') || '–'

const servicePart = (service: ServiceShape): string => {
  const routes = Object.values(service.routes).map((route) => [
    route.method,
    `\`/api/v1${route.path}\``,
    route.access,
    route.idempotent ? 'yes' : '',
    route.summary,
  ])
  const stores = Object.entries(service.stores).map(([name, store]) => `\`${name}\` (${store.kind}): ${store.summary}`)
  return [
    `## ${service.name}`,
    service.summary,
    `- Publishes: ${namesOf(service.publishes)}\n- Consumes: ${namesOf(service.consumes)}\n- Keeps: ${stores.join(' ')}\n- Size: ${service.size}, pool ${service.pool}, ${service.instances === 'many' ? 'any number of processes' : 'one process at a time'}${service.chain ? ', reads the chain' : ''}\n- In a cluster also reaches: ${systemsOf(service).join(', ') || '–'}`,
    table(['method', 'path', 'access', 'Idempotency-Key', 'what it does'], routes),
  ].join('\n\n')
}

const topicPart =
  (platform: PlatformShape) =>
  (topic: TopicShape): string => {
    const services = Object.values(platform.services)
    const publisher = services.find((service) => Object.values(service.publishes).includes(topic))?.name ?? 'nobody'
    const consumers = services.filter((service) => Object.values(service.consumes).includes(topic)).map((s) => s.name)
    return [
      `## ${topic.name}`,
      topic.summary,
      `Version ${topic.version}; ${topic.partitions} partitions, ${topic.retentionDays} days in Kafka, for ever in the event log. Published by ${publisher}; read by ${consumers.join(', ') || 'nobody'}.`,
      `\`\`\`json\n${JSON.stringify(wireSchema(topic.payload), null, 2)}\n\`\`\``,
    ].join('\n\n')
  }

const wireSchema = (schema: z.ZodType): unknown => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest
}

const errorsPart = (platform: PlatformShape): string =>
  table(
    ['code', 'status', 'try again', 'what it says'],
    Object.entries(platform.errors).map(([code, entry]) => [
      `\`${code}\``,
      String(entry.status),
      entry.retry,
      entry.says,
    ]),
  )

const configurationPart = (service: ServiceShape): string => {
  const row =
    (kind: string) =>
    ([key, schema]: readonly [string, z.ZodType]) => [
      `\`${variableOf(key)}\``,
      kind,
      schema instanceof z.ZodDefault ? `\`${String(schema.parse(undefined))}\`` : 'required',
    ]
  const rows = [
    ...Object.entries(service.config).map(row('value')),
    ...Object.entries(service.secrets).map(row('secret')),
    ...systemsOf(service).flatMap((system) =>
      systemVariables(system).map((variable) => [`\`${variable}\``, `cluster: ${system}`, 'left out']),
    ),
  ]
  return `## ${service.name}\n\n${rows.length === 0 ? 'Nothing of its own.' : table(['variable', 'kind', 'default'], rows)}`
}
