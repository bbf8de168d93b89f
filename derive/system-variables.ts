import type { System } from './edges.ts'

/** The variables that tell a service where a system of its cluster is; it does without one that nothing is said of. */
export const systemVariables: Readonly<Record<System, readonly string[]>> = {
  kafka: ['KAFKA_BOOTSTRAP_SERVERS', 'KAFKA_CA_FILE', 'KAFKA_CERTIFICATE_FILE', 'KAFKA_KEY_FILE'],
  redis: ['REDIS_URL', 'REDIS_CA_FILE'],
  weaviate: ['WEAVIATE_URL', 'WEAVIATE_GRPC_ADDRESS', 'WEAVIATE_API_KEY'],
  inference: ['INFERENCE_URL'],
}
