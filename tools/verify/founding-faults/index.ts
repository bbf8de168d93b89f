import { applicationFaults } from './applications.ts'
import { derivedStoreFaults } from './clickhouse-redis-weaviate.ts'
import { clusterFaults } from './cluster.ts'
import { deliveryFaults } from './delivery.ts'
import type { FoundingFault } from './founding-fault.ts'
import { logAndRecordFaults } from './kafka-and-postgres.ts'

/** Every known mistake of the founding document. */
export const foundingFaults: readonly FoundingFault[] = [
  ...clusterFaults,
  ...applicationFaults,
  ...logAndRecordFaults,
  ...derivedStoreFaults,
  ...deliveryFaults,
]

/** The smallest manifest that has the mistake: its file below `manifests/`, named for what is wrong. */
export const manifestOf = ({ part, what }: Pick<FoundingFault, 'part' | 'what'>): string =>
  `${slugOf(part)}/${slugOf(what)}.yaml`

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')

/** The mistakes as a page: what is wrong, and which rules say so or why none can. */
export const foundingFaultsPage = (): string => {
  const seen = foundingFaults.filter((fault) => 'found' in fault).length
  const parts = [...Map.groupBy(foundingFaults, ({ part }) => part)]
  return [
    `The document has ${foundingFaults.length} known mistakes. \`npm run verify\` reports ${seen} of them when it is given the document itself; the other ${foundingFaults.length - seen} cannot be seen in its YAML.`,
    '',
    'F = fails to apply or start, D = does nothing or the wrong thing, S = insecure, A = may fail or lose data.',
    ...parts.flatMap(([part, faults]) => [
      '',
      `### ${part}`,
      '',
      '| line | | mistake | found by |',
      '| --- | --- | --- | --- |',
      ...faults.map((fault) => `| ${fault.line} | ${fault.mark} | ${fault.what} | ${finders(fault)} |`),
    ]),
    '',
  ].join('\n')
}

const finders = (fault: FoundingFault): string => {
  if ('unseen' in fault) return `not seen: ${fault.unseen}`
  return [...new Set(fault.found.map((found) => `\`${found.split(' ', 1)[0]}\``))].join(', ')
}
