import type { ClusterEnvironment } from './cluster-environment.ts'
import { names } from './names.ts'

/** Where a system listens inside the cluster. */
export type Address = { readonly host: string; readonly port: number }

/** The name under which a Service is found from any namespace; server certificates carry it. */
export const serviceHost = (service: string, namespace: string): string => `${service}.${namespace}.svc`

/** Where the systems of a cluster listen for their clients. */
export const addresses = ({ namespaces }: Pick<ClusterEnvironment, 'namespaces'>) => {
  const { apps, data, monitoring } = namespaces
  const at = (service: string, namespace: string, port: number): Address => ({
    host: serviceHost(service, namespace),
    port,
  })
  return {
    /** PgBouncer in session mode. */
    postgres: at(names.postgresPooler, data, 5432),
    /** Mutual TLS only. */
    kafka: at(`${names.kafka}-kafka-bootstrap`, data, 9093),
    /** HTTPS. */
    clickhouse: at(`clickhouse-${names.clickhouse}`, data, 8443),
    /** TLS; any leader tells a client of the others. */
    redis: at(`${names.redis}-leader`, data, 6379),
    /** TLS. */
    rateLimits: at(`${names.rateLimits}-master`, data, 6379),
    weaviate: at(names.weaviate, data, 8080),
    weaviateGrpc: at(names.weaviate, data, 50_051),
    /** The Open Inference Protocol v2, whichever backend answers. */
    inference: at(names.inferenceService, apps, 8080),
    prometheus: at('prometheus-operated', monitoring, 9090),
  } as const
}

/** `host:port`. */
export const authority = ({ host, port }: Address): string => `${host}:${port}`
