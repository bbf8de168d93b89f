/** When versions of a product end. Dates are the last day with fixes, UTC. */
export type Product = {
  readonly name: string
  /** Repositories of its images, with registry. */
  readonly repositories: readonly string[]
  /** Custom resources that name its version: kind → dotted path. */
  readonly fields: Readonly<Record<string, string>>
  /** Version (`3.4`, or `16` for all of 16.x) → the day it ended or will end; false = its makers name no day. */
  readonly ends: Readonly<Record<string, string | false>>
  /** What is older than the oldest of `ends` had ended by this day. */
  readonly olderEnded: string
  /** What to run instead. */
  readonly instead: string
}

/**
 * Versions that end. Read on 2026-11-22 in endoflife-date/endoflife.date, products/{kong-gateway,apache-kafka,
 * clickhouse,grafana,prometheus,redis,postgresql,nodejs}.md, and where said so elsewhere.
 */
export const products: readonly Product[] = [
  {
    name: 'Kong Gateway',
    repositories: ['docker.io/library/kong', 'docker.io/kong/kong'],
    fields: {},
    // 3.4 is an LTS of the enterprise edition; the open one got its last patch in 2023.
    ends: {
      '2.8': '2024-06-24',
      '3.0': '2022-12-09',
      '3.1': '2023-02-21',
      '3.2': '2023-05-18',
      '3.3': '2023-08-09',
      '3.4': '2026-08-09',
      '3.5': '2024-02-15',
      '3.6': '2024-05-28',
      '3.7': '2024-09-09',
      '3.8': '2024-12-12',
      '3.9': false,
    },
    olderEnded: '2024-06-24',
    instead: '3.9',
  },
  {
    name: 'Apache Kafka',
    repositories: ['docker.io/apache/kafka', 'docker.io/bitnami/kafka'],
    fields: { Kafka: 'spec.kafka.version' },
    ends: {
      '3.0': '2022-09-19',
      '3.1': '2022-09-19',
      '3.2': '2022-09-28',
      '3.3': '2023-02-06',
      '3.4': '2023-06-13',
      '3.5': '2023-12-08',
      '3.6': '2024-04-04',
      '3.7': '2024-12-04',
      '3.8': '2024-11-06',
    },
    olderEnded: '2022-09-19',
    instead: '4.3',
  },
  {
    name: 'ClickHouse',
    repositories: [
      'docker.io/clickhouse/clickhouse-server',
      'docker.io/clickhouse/clickhouse-keeper',
      'docker.io/yandex/clickhouse-server',
    ],
    fields: {},
    ends: {
      '25.1': '2025-04-22',
      '25.2': '2025-05-22',
      '25.3': '2026-03-20',
      '25.4': '2025-07-29',
      '25.5': '2025-08-29',
      '25.6': '2025-09-27',
      '25.7': '2025-11-01',
      '25.8': '2026-08-29',
      '25.9': '2025-12-18',
      '25.10': '2026-01-30',
      '25.11': '2026-02-27',
      '25.12': '2026-03-26',
      '26.1': '2026-05-05',
      '26.3': '2027-03-26',
    },
    olderEnded: '2025-08-31',
    instead: '26.3 (LTS)',
  },
  {
    name: 'Grafana',
    repositories: [
      'docker.io/grafana/grafana',
      'docker.io/grafana/grafana-oss',
      'docker.io/grafana/grafana-enterprise',
    ],
    fields: {},
    ends: {
      '10.0': '2023-10-24',
      '10.1': '2024-01-23',
      '10.2': '2024-07-24',
      '10.3': '2024-10-23',
      '10.4': '2025-06-05',
      '11.0': '2025-02-14',
      '11.1': '2025-04-23',
      '11.2': '2025-05-27',
      '11.3': '2025-07-22',
      '11.4': '2025-09-05',
      '11.5': '2025-10-28',
      '11.6': '2026-06-25',
      '12.0': '2026-02-05',
      '12.1': '2026-04-22',
      '12.2': '2026-06-23',
      '12.3': '2026-08-19',
      '12.4': '2027-05-24',
      '13.0': '2027-01-09',
      '13.1': '2027-03-20',
      '13.2': '2027-05-18',
    },
    olderEnded: '2024-05-14',
    instead: '13.2',
  },
  {
    name: 'Prometheus',
    repositories: ['docker.io/prom/prometheus', 'quay.io/prometheus/prometheus'],
    fields: { Prometheus: 'spec.version' },
    ends: {
      '2.45': '2024-07-31',
      '2.46': '2023-09-05',
      '2.47': '2023-10-18',
      '2.48': '2023-12-28',
      '2.49': '2024-02-26',
      '2.50': '2024-04-04',
      '2.51': '2024-04-30',
      '2.52': '2024-06-19',
      '2.53': '2025-07-31',
      '2.54': '2024-09-20',
      '2.55': '2024-12-03',
      '3.0': '2024-12-26',
      '3.1': '2025-02-13',
      '3.2': '2025-03-31',
      '3.3': '2025-05-27',
      '3.4': '2025-06-28',
      '3.5': '2026-07-31',
      '3.6': '2025-11-02',
      '3.7': '2025-11-26',
      '3.8': '2026-01-09',
      '3.9': '2026-02-17',
      '3.10': '2026-04-08',
      '3.13': '2027-07-31',
    },
    olderEnded: '2023-08-06',
    instead: '3.13 (LTS)',
  },
  {
    name: 'Redis',
    repositories: ['docker.io/library/redis', 'quay.io/opstree/redis', 'docker.io/bitnami/redis'],
    fields: {},
    ends: { '5.0': '2022-04-27', '6.0': '2022-05-31', '7.0': '2024-07-29', '8.0': '2026-02-11' },
    olderEnded: '2022-04-27',
    instead: '7.2 or 8.6',
  },
  {
    name: 'PostgreSQL',
    repositories: ['docker.io/library/postgres', 'ghcr.io/cloudnative-pg/postgresql', 'docker.io/bitnami/postgresql'],
    fields: {},
    ends: {
      '12': '2024-11-14',
      '13': '2025-11-13',
      '14': '2026-11-12',
      '15': '2027-11-11',
      '16': '2028-11-09',
      '17': '2029-11-08',
      '18': '2030-11-14',
    },
    olderEnded: '2023-11-09',
    instead: '18',
  },
  {
    name: 'Node.js',
    repositories: ['docker.io/library/node'],
    fields: {},
    ends: {
      '18': '2025-04-30',
      '19': '2023-06-01',
      '20': '2026-04-30',
      '21': '2024-06-01',
      '22': '2027-04-30',
      '23': '2025-06-01',
      '24': '2028-04-30',
    },
    olderEnded: '2023-09-11',
    instead: '24 (LTS)',
  },
  {
    // docs.weaviate.io/weaviate/release-notes: the latest three minor versions are supported, 1.37 and older are not.
    name: 'Weaviate',
    repositories: ['docker.io/semitechnologies/weaviate', 'cr.weaviate.io/semitechnologies/weaviate'],
    fields: {},
    ends: { '1.38': false, '1.39': false, '1.40': false },
    olderEnded: '2026-11-22',
    instead: '1.40',
  },
]
