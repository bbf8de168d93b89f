import type { ServiceShape } from '@knowton/core'
import { authority } from '../../addresses.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest } from '../../manifest.ts'
import { KAFKA, kafkaAddress } from './names.ts'
import { DATA_SECRET_STORE } from './secret-reader.ts'

const FOLDER = '/etc/knowton/kafka'

/** The Secret with a service's certificate for Kafka, its key, and the certificate that the brokers are trusted by. */
export const kafkaSecretName = (service: ServiceShape): string => `${service.name}-kafka`

/** The settings of a service that speaks or hears. */
export const kafkaSettings = (environment: ClusterEnvironment) => ({
  KAFKA_BOOTSTRAP_SERVERS: authority(kafkaAddress(environment)),
  KAFKA_CA_FILE: `${FOLDER}/ca.crt`,
  KAFKA_CERTIFICATE_FILE: `${FOLDER}/user.crt`,
  KAFKA_KEY_FILE: `${FOLDER}/user.key`,
})

export const kafkaVolume = (service: ServiceShape) => ({
  name: 'kafka',
  secret: { secretName: kafkaSecretName(service), defaultMode: 0o440 },
})
export const kafkaMount = { name: 'kafka', mountPath: FOLDER, readOnly: true } as const

/** Copies what Strimzi made for the service's KafkaUser, and the cluster's CA, out of the data namespace. */
export const kafkaSecret = (environment: ClusterEnvironment, service: ServiceShape): Manifest => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: {
    name: kafkaSecretName(service),
    namespace: environment.namespaces.apps,
    labels: labelsOf(service.name),
  },
  spec: {
    refreshInterval: '1h0m0s',
    secretStoreRef: { kind: 'SecretStore', name: DATA_SECRET_STORE },
    target: { name: kafkaSecretName(service), creationPolicy: 'Owner', deletionPolicy: 'Retain' },
    data: [
      { secretKey: 'ca.crt', remoteRef: { key: `${KAFKA.names.cluster}-cluster-ca-cert`, property: 'ca.crt' } },
      { secretKey: 'user.crt', remoteRef: { key: service.name, property: 'user.crt' } },
      { secretKey: 'user.key', remoteRef: { key: service.name, property: 'user.key' } },
    ],
  },
})
