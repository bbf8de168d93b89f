import type { ImageName } from '@knowton/derive'

/** An image that is not built here. `uid` is the number its process runs as. */
export type ImageVersion = {
  readonly repository: string
  readonly tag: string
  readonly uid: number
}

/** One table of everything that is installed and not built here. */
export const images: Readonly<Record<ImageName, ImageVersion>> = {
  kong: { repository: 'docker.io/library/kong', tag: '3.9.3', uid: 1000 },
  postgres: { repository: 'ghcr.io/cloudnative-pg/postgresql', tag: '16.15-standard-trixie', uid: 26 },
  clickhouse: { repository: 'docker.io/clickhouse/clickhouse-server', tag: '26.3.33.24', uid: 101 },
  'clickhouse-keeper': { repository: 'docker.io/clickhouse/clickhouse-keeper', tag: '26.3.33.24', uid: 101 },
  'clickhouse-backup': { repository: 'docker.io/altinity/clickhouse-backup', tag: '2.6.39', uid: 101 },
  redis: { repository: 'quay.io/opstree/redis', tag: 'v7.2.7', uid: 1000 },
  'redis-exporter': { repository: 'quay.io/opstree/redis-exporter', tag: 'v1.44.0', uid: 1000 },
  torchserve: { repository: 'docker.io/pytorch/torchserve', tag: '0.12.0-gpu', uid: 1000 },
  'torchserve-cpu': { repository: 'docker.io/pytorch/torchserve', tag: '0.12.0-cpu', uid: 1000 },
  triton: { repository: 'nvcr.io/nvidia/tritonserver', tag: '25.10-py3', uid: 1000 },
  'model-sync': { repository: 'docker.io/rclone/rclone', tag: '1.75.1', uid: 1000 },
  weaviate: { repository: 'docker.io/semitechnologies/weaviate', tag: '1.38.11', uid: 1000 },
  prometheus: { repository: 'quay.io/prometheus/prometheus', tag: 'v3.13.2', uid: 65534 },
  alertmanager: { repository: 'quay.io/prometheus/alertmanager', tag: 'v0.30.0', uid: 65534 },
  grafana: { repository: 'docker.io/grafana/grafana', tag: '13.2.0', uid: 472 },
  'object-store': { repository: 'docker.io/versity/versitygw', tag: 'v1.8.0', uid: 1000 },
}

export const KUBERNETES_VERSION = '1.35'
export const versions = {
  kafka: '4.3.1',
  kafkaMetadata: '4.3-IV0',
  prometheus: 'v3.13.2',
  alertmanager: 'v0.30.0',
} as const
