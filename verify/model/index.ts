import type { Loaded, PodGroup, Provided } from '../types.ts'
import { clickHouseInstallation, clickHouseKeeper } from './altinity.ts'
import { acmeIssuer, annotated, certificate } from './cert-manager.ts'
import { pooler, postgresCluster } from './cnpg.ts'
import { clusterExternalSecret, externalSecret, namedSecret } from './external-secrets.ts'
import { type Model, nothing, type Siblings, together } from './modelled.ts'
import { alertmanager, prometheus } from './prometheus-operator.ts'
import { redisCluster, redisReplication, redisSentinel, redisStandalone } from './redis-operator.ts'
import { scaledObject } from './scalers.ts'
import { kafka, kafkaUser } from './strimzi.ts'
import { workload } from './workloads.ts'

/** What is known to come of objects, by `Kind.group`; versions of one kind are alike. */
const models: Readonly<Record<string, Model>> = {
  'Pod.': workload,
  'ReplicationController.': workload,
  'Deployment.apps': workload,
  'StatefulSet.apps': workload,
  'DaemonSet.apps': workload,
  'ReplicaSet.apps': workload,
  'Job.batch': workload,
  'CronJob.batch': workload,
  'Kafka.kafka.strimzi.io': kafka,
  'KafkaUser.kafka.strimzi.io': kafkaUser,
  'Cluster.postgresql.cnpg.io': postgresCluster,
  'Pooler.postgresql.cnpg.io': pooler,
  'ClickHouseInstallation.clickhouse.altinity.com': clickHouseInstallation,
  'ClickHouseKeeperInstallation.clickhouse-keeper.altinity.com': clickHouseKeeper,
  'RedisCluster.redis.redis.opstreelabs.in': redisCluster,
  'RedisReplication.redis.redis.opstreelabs.in': redisReplication,
  'RedisSentinel.redis.redis.opstreelabs.in': redisSentinel,
  'Redis.redis.redis.opstreelabs.in': redisStandalone,
  'Prometheus.monitoring.coreos.com': prometheus,
  'Alertmanager.monitoring.coreos.com': alertmanager,
  'Certificate.cert-manager.io': certificate,
  'Issuer.cert-manager.io': acmeIssuer,
  'ClusterIssuer.cert-manager.io': acmeIssuer,
  'Ingress.networking.k8s.io': annotated,
  'Gateway.gateway.networking.k8s.io': annotated,
  'ExternalSecret.external-secrets.io': externalSecret,
  'ClusterExternalSecret.external-secrets.io': clusterExternalSecret,
  'SealedSecret.bitnami.com': namedSecret,
  'VaultStaticSecret.secrets.hashicorp.com': namedSecret,
  'VaultDynamicSecret.secrets.hashicorp.com': namedSecret,
  'ScaledObject.keda.sh': scaledObject,
}

/** The pods and the objects that controllers and operators make of `objects`. */
export const modelOf = (
  objects: readonly Loaded[],
): { readonly pods: readonly PodGroup[]; readonly provided: readonly Provided[] } => {
  const byKind = Map.groupBy(objects, ({ ref }) => siblingKey(ref.kind, ref.group, ref.namespace))
  const siblings: Siblings = (kind, group, namespace) => byKind.get(siblingKey(kind, group, namespace)) ?? []
  return together(
    objects.map((object) => models[`${object.ref.kind}.${object.ref.group}`]?.(object, siblings) ?? nothing),
  )
}

const siblingKey = (kind: string, group: string, namespace: string | undefined) => `${kind}.${group}/${namespace ?? ''}`
