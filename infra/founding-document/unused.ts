/** A part of a cluster that is rendered although no code of the platform speaks to it yet. */
export type UnusedPart = { readonly part: string; readonly today: string; readonly settings: readonly string[] }

/** What is missing is an adapter each time; the settings are declared, read and carried by the manifests already. */
export const unusedParts: readonly UnusedPart[] = [
  {
    part: 'S3 for works',
    today: 'Files are kept in a folder. creator-service does not start on an `s3://` store before its adapter exists.',
    settings: ['STORE_FILES_URL'],
  },
  {
    part: 'ClickHouse server',
    today:
      'analytics-service runs the engine inside itself. It does not start on an `https://` store before its adapter exists.',
    settings: ['STORE_WAREHOUSE_URL'],
  },
  {
    part: 'Kafka',
    today: 'Topics are read from the event logs in PostgreSQL; nothing relays them.',
    settings: ['KAFKA_BOOTSTRAP_SERVERS', 'KAFKA_CA_FILE', 'KAFKA_CERTIFICATE_FILE', 'KAFKA_KEY_FILE'],
  },
  {
    part: 'Redis cluster',
    today: 'Caches and counters live in each process. The gateway does count in a Redis of its own.',
    settings: ['REDIS_URL', 'REDIS_CA_FILE'],
  },
  { part: 'Weaviate', today: 'Nothing stores or searches vectors.', settings: ['WEAVIATE_URL', 'WEAVIATE_API_KEY'] },
  { part: 'TorchServe and Triton', today: 'Nothing asks a model.', settings: ['INFERENCE_URL'] },
]
