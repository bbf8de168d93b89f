import type { Loaded, Rule, World } from '../../types.ts'
import { isObject, objectAt, objectOf, objectsOf, scalarText, textOf, textsOf, valueAt } from '../../values.ts'
import { type Kafka, kafkas } from './kafkas.ts'

/** What Strimzi 1.2.0 runs: strimzi-kafka-operator 1.2.0, kafka-versions.yaml. */
const supportedVersions: readonly string[] = ['4.2.0', '4.2.1', '4.3.0', '4.3.1']

/** An operator does not run versions that it does not know. */
export const kafkaVersionUnsupported: Rule = {
  id: 'kafka-version-unsupported',
  severity: 'error',
  about: 'Every Kafka version that is asked for is one that the current operator runs.',
  check: (world) =>
    kafkas(world).flatMap(({ object, spec }) => {
      const version = scalarText(spec.version)
      if (version === undefined || supportedVersions.includes(version)) return []
      return [
        {
          on: object,
          path: 'spec.kafka.version',
          says: `Strimzi 1.2 will not reconcile the cluster: it runs Kafka ${supportedVersions.join(', ')}, not ${version}.`,
          fix: `Ask for ${supportedVersions.at(-1)}.`,
        },
      ]
    }),
}

/** Without node pools there is nothing to run. */
export const kafkaNodesMissing: Rule = {
  id: 'kafka-nodes-missing',
  severity: 'error',
  about: 'Every Kafka cluster has brokers and controllers.',
  check: (world) =>
    kafkas(world).flatMap(({ object, spec, pools }) => {
      if (spec.replicas !== undefined || isObject(valueAt(object.manifest, 'spec.zookeeper'))) return []
      const roles = new Set(pools.flatMap(({ manifest }) => textsOf(objectOf(manifest.spec).roles)))
      const missing = ['controller', 'broker'].filter((role) => !roles.has(role))
      if (missing.length === 0) return []
      return [
        {
          on: object,
          path: 'spec.kafka',
          says: `The operator will not start the cluster: no KafkaNodePool of it has the role ${missing.join(' or the role ')}.`,
          fix: `Add a KafkaNodePool with the label strimzi.io/cluster: ${object.ref.name} and that role.`,
        },
      ]
    }),
}

/** Kafka 4 has no ZooKeeper. */
export const kafkaZooKeeper: Rule = {
  id: 'kafka-zookeeper',
  severity: 'error',
  about: 'No Kafka cluster is to keep its metadata in ZooKeeper, which Strimzi no longer runs.',
  check: (world) =>
    kafkas(world)
      .filter(({ object }) => isObject(valueAt(object.manifest, 'spec.zookeeper')))
      .map(({ object }) => ({
        on: object,
        path: 'spec.zookeeper',
        says: 'No ZooKeeper will run: Strimzi removed it in 0.46, and Kafka 4 keeps its metadata in its own controllers.',
        fix: 'Declare KafkaNodePools with the roles controller and broker instead.',
      })),
}

const removedSettings = ['inter.broker.protocol.version', 'log.message.format.version', 'zookeeper.connect'] as const

/** Settings that meant something with ZooKeeper. */
export const kafkaSettingRemoved: Rule = {
  id: 'kafka-setting-removed',
  severity: 'warning',
  about: 'No broker setting is given that Kafka has only with ZooKeeper.',
  check: (world) =>
    kafkas(world).flatMap(({ object, config }) =>
      removedSettings
        .filter((key) => config[key] !== undefined)
        .map((key) => ({
          on: object,
          path: `spec.kafka.config.${key}`,
          says: `${key} will do nothing: it is not used without ZooKeeper.`,
          fix: key === 'inter.broker.protocol.version' ? 'Set spec.kafka.metadataVersion instead.' : 'Remove it.',
        })),
    ),
}

/** Without it no exporter runs in the brokers. */
export const kafkaMetricsMissing: Rule = {
  id: 'kafka-metrics-missing',
  severity: 'warning',
  about: 'Every broker of Kafka exports metrics.',
  check: (world) =>
    lacking(world, 'metricsConfig', {
      says: 'Port 9404 of the brokers will answer nobody: without metricsConfig no exporter runs in them.',
      fix: 'Set spec.kafka.metricsConfig and select the pods with a PodMonitor on the port tcp-prometheus.',
    }),
}

/** Without it replicas of one partition may share a zone. */
export const kafkaRackMissing: Rule = {
  id: 'kafka-rack-missing',
  severity: 'warning',
  about: 'Every Kafka cluster spreads replicas over zones.',
  check: (world) =>
    lacking(world, 'rack', {
      says: 'All replicas of a partition may lie in one zone, and are lost or away with it: the brokers do not know their zones.',
      fix: 'Set spec.kafka.rack.topologyKey to topology.kubernetes.io/zone.',
    }).filter(({ brokers }) => brokers > 1),
}

const lacking = (world: World, field: string, { says, fix }: { readonly says: string; readonly fix: string }) =>
  kafkas(world)
    .filter(({ spec }) => !isObject(spec[field]))
    .map(({ object, brokers }) => ({ on: object, path: 'spec.kafka', says, fix, brokers }))

/** Strimzi lets its pods stand wherever there is room. */
export const kafkaBrokersTogether: Rule = {
  id: 'kafka-brokers-together',
  severity: 'warning',
  about: 'No two Kafka pods of a role stand on one node.',
  check: (world) =>
    kafkas(world).flatMap((kafka) =>
      sizedParts(kafka)
        .filter(({ spec }) => {
          const pod = objectAt(spec, 'template.pod')
          const isSpread = isObject(pod.affinity) || objectsOf(pod.topologySpreadConstraints).length > 0
          return Number(spec.replicas ?? 1) > 1 && !isSpread
        })
        .map(({ on, path }) => ({
          on,
          path,
          says: 'Several of these pods may stand on one node and fail with it, more than the topics can lose.',
          fix: 'Set topologySpreadConstraints or podAntiAffinity over kubernetes.io/hostname in template.pod.',
        })),
    ),
}

/** Consumer lag is only in the exporter; moving partitions by itself is only in Cruise Control. */
export const kafkaCompanionMissing: Rule = {
  id: 'kafka-companion-missing',
  severity: 'note',
  about: 'Every Kafka cluster runs the exporter of consumer lag and Cruise Control.',
  check: (world) =>
    kafkas(world).flatMap(({ object, brokers }) => {
      const spec = objectOf(object.manifest.spec)
      return [
        ...(isObject(spec.kafkaExporter)
          ? []
          : [
              {
                on: object,
                path: 'spec',
                says: 'Nobody will see how far consumers are behind: that is measured only by the Kafka Exporter.',
                fix: 'Set spec.kafkaExporter.',
              },
            ]),
        ...(isObject(spec.cruiseControl) || brokers < 3
          ? []
          : [
              {
                on: object,
                path: 'spec',
                says: 'Partitions stay where they are when a broker is added or removed, until they are moved by hand.',
                fix: 'Set spec.cruiseControl and use KafkaRebalance.',
              },
            ]),
      ]
    }),
}

/** Volumes that go away with the pod, or with the cluster. */
export const kafkaStorageLost: Rule = {
  id: 'kafka-storage-lost',
  severity: 'error',
  about: 'No record of a Kafka cluster goes away with a pod or with the custom resource.',
  check: (world) => [
    ...kafkas(world).flatMap(({ object, spec }) => lostVolumes(object, spec.storage, 'spec.kafka.storage')),
    ...world
      .ofKind('KafkaNodePool', 'kafka.strimzi.io')
      .flatMap((pool) => lostVolumes(pool, objectOf(pool.manifest.spec).storage, 'spec.storage')),
  ],
}

const lostVolumes = (on: Loaded, storage: unknown, path: string) => {
  const { type, volumes } = objectOf(storage)
  const all =
    type === 'jbod'
      ? objectsOf(volumes).map((volume, index) => ({ volume, path: `${path}.volumes[${index}]` }))
      : [{ volume: objectOf(storage), path }]
  return all.flatMap(({ volume, path: where }) => {
    if (volume.type === 'ephemeral')
      return [
        {
          on,
          path: where,
          says: 'All records of a broker are lost whenever its pod moves: the volume is ephemeral.',
          fix: 'Use type persistent-claim.',
        },
      ]
    if (volume.deleteClaim !== true) return []
    return [
      {
        on,
        path: `${where}.deleteClaim`,
        says: 'Deleting the custom resource, also by mistake, deletes all records: deleteClaim is true.',
        fix: 'Set deleteClaim to false.',
      },
    ]
  })
}

/** The JVM's default in Strimzi's images: half of the memory limit, five gigabytes at most. */
export const kafkaHeapImplicit: Rule = {
  id: 'kafka-heap-implicit',
  severity: 'note',
  about: 'Every Kafka cluster sets the heap of its brokers itself.',
  check: (world) =>
    kafkas(world).flatMap((kafka) =>
      sizedParts(kafka)
        .filter(({ spec }) => {
          const isBroker = spec.roles === undefined || textsOf(spec.roles).includes('broker')
          return isBroker && textOf(objectOf(spec.jvmOptions)['-Xmx']) === undefined
        })
        .map(({ on, path }) => ({
          on,
          path,
          says: 'The heap will be half of the memory limit and at most 5 GB, and changes whenever the limit does.',
          fix: 'Set jvmOptions -Xms and -Xmx, and leave the rest of the memory to the page cache.',
        })),
    ),
}

/** Pods of Strimzi get no security context from the operator unless its provider is told to. */
export const kafkaPodSecurityBaseline: Rule = {
  id: 'kafka-pod-security-baseline',
  severity: 'note',
  about: 'Every Kafka pod keeps to the standard "restricted".',
  check: (world) => {
    const isRestricted = world.pods
      .flatMap(({ spec }) => objectsOf(spec.containers))
      .flatMap(({ env }) => objectsOf(env))
      .some(({ name, value }) => name === 'STRIMZI_POD_SECURITY_PROVIDER_CLASS' && value === 'restricted')
    if (isRestricted) return []
    return kafkas(world).flatMap((kafka) =>
      sizedParts(kafka)
        .filter(({ spec }) => !isObject(valueAt(spec, 'template.pod.securityContext')))
        .map(({ on, path }) => ({
          on,
          path,
          says: 'The pods will not be admitted to a namespace that enforces the standard restricted, unless the operator runs with STRIMZI_POD_SECURITY_PROVIDER_CLASS=restricted: its default provider meets baseline only.',
          fix: 'Set that variable on the operator, or a securityContext in template.pod and in the container templates.',
        })),
    )
  },
}

/** Where resources of brokers and controllers are written: in node pools, or in `spec.kafka` of older clusters. */
const sizedParts = ({ object, spec, pools }: Kafka) =>
  pools.length === 0
    ? [{ on: object, path: 'spec.kafka', spec }]
    : pools.map((pool) => ({ on: pool, path: 'spec', spec: objectOf(pool.manifest.spec) }))
