import { type Address, addressAt } from '../../addresses.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'

/** What Kafka and its pods are called, and the ports that they open. Operators make further names from these. */
export const KAFKA = {
  names: {
    cluster: 'knowton-kafka',
  },
  /** Labels that select the pods of each kind, as they or their operators make them. */
  pods: {
    /** Controllers and brokers. */
    nodes: { 'strimzi.io/name': 'knowton-kafka-kafka' },
    exporter: { 'strimzi.io/name': 'knowton-kafka-kafka-exporter' },
    cruiseControl: { 'strimzi.io/name': 'knowton-kafka-cruise-control' },
    entityOperator: { 'strimzi.io/name': 'knowton-kafka-entity-operator' },
  },
  ports: {
    /** Strimzi’s agent in a broker, which the operator asks for its state. */
    agent: 8443,
    /** The only listener: TLS, each client with a certificate. */
    clients: 9093,
    metrics: 9404,
    cruiseControl: 9090,
    replication: 9091,
    controlPlane: 9090,
  },
} as const

/** Mutual TLS only. */
export const kafkaAddress = ({ namespaces }: Pick<ClusterEnvironment, 'namespaces'>): Address =>
  addressAt(`${KAFKA.names.cluster}-kafka-bootstrap`, namespaces.data, KAFKA.ports.clients)
