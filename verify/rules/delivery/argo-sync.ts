import type { Loaded, Rule, World } from '../../types.ts'
import { labelsAt, labelsOf, textAt, textsIn } from '../../values.ts'
import { applications } from './applications.ts'

/** Kinds whose deletion deletes data. */
const stateful = new Set([
  'Kafka.kafka.strimzi.io',
  'KafkaNodePool.kafka.strimzi.io',
  'KafkaTopic.kafka.strimzi.io',
  'Cluster.postgresql.cnpg.io',
  'ClickHouseInstallation.clickhouse.altinity.com',
  'ClickHouseKeeperInstallation.clickhouse-keeper.altinity.com',
  'RedisCluster.redis.redis.opstreelabs.in',
  'RedisReplication.redis.redis.opstreelabs.in',
  'PersistentVolumeClaim.',
])

const OPTIONS = 'argocd.argoproj.io/sync-options'

const isKept = ({ manifest }: Loaded): boolean => {
  const options = labelsOf(manifest.metadata.annotations)[OPTIONS] ?? ''
  return /\bPrune=(false|confirm)\b/.test(options)
}

/** A pruning sync deletes what is no longer in Git, also by mistake. */
export const statefulPrunable: Rule = {
  id: 'stateful-prunable',
  severity: 'error',
  about: 'No custom resource with data can be deleted by Argo CD.',
  check: (world) => {
    const pruner = applications(world).find(({ automated }) => automated?.prune === true)
    if (pruner === undefined) return []
    return world.objects
      .filter((object) => stateful.has(`${object.ref.kind}.${object.ref.group}`) && !isKept(object))
      .map((object) => ({
        on: object,
        path: 'metadata.annotations',
        says: `A commit that drops or renames this ${object.ref.kind} deletes it with its data: the Application ${pruner.object.ref.name} prunes.`,
        fix: `Annotate it with ${OPTIONS}: Prune=false,Delete=false.`,
      }))
  },
}

/** Everything at once, in the hope that it fits. */
export const argoWavesMissing: Rule = {
  id: 'argo-waves-missing',
  severity: 'warning',
  about: 'No Application applies custom resources and workloads of several namespaces at once.',
  check: (world) => {
    const all = applications(world)
    const [only] = all
    if (only === undefined || all.length !== 1 || only.object.ref.kind !== 'Application') return []
    const others = world.objects.filter(({ ref }) => ref.group !== 'argoproj.io')
    const namespaces = new Set(others.flatMap(({ ref }) => ref.namespace ?? []))
    const hasCustom = others.some(({ ref }) => stateful.has(`${ref.kind}.${ref.group}`) && ref.group !== '')
    const hasWaves = others.some(
      ({ manifest }) => labelsOf(manifest.metadata.annotations)['argocd.argoproj.io/sync-wave'] !== undefined,
    )
    if (namespaces.size < 2 || !hasCustom || hasWaves) return []
    return [
      {
        on: only.object,
        path: only.path,
        says: `Services start before their databases, and custom resources fail while their operators are not there: one Application applies ${namespaces.size} namespaces at once without waves.`,
        fix: 'Make an Application each for CRDs, operators, data, services and monitoring, in waves.',
      },
    ]
  },
}

const LEVEL = 'pod-security.kubernetes.io/enforce'

/** A namespace that Argo CD makes has no labels unless it is told. */
export const argoNamespaceUnlabelled: Rule = {
  id: 'argo-namespace-unlabelled',
  severity: 'warning',
  about: 'No namespace is made by Argo CD without Pod Security labels.',
  check: (world) =>
    applications(world).flatMap(({ object, path, spec, syncOptions }) => {
      const namespace = textAt(spec, 'destination.namespace')
      if (namespace === undefined || !syncOptions.includes('CreateNamespace=true')) return []
      const managed = labelsAt(spec, 'syncPolicy.managedNamespaceMetadata.labels')
      const written = world.ofKind('Namespace', '').filter(({ ref }) => ref.name === namespace)
      const isLabelled = written.length > 0 && written.every((one) => labelsOf(one.manifest.metadata.labels)[LEVEL])
      if (managed[LEVEL] !== undefined || isLabelled) return []
      return [
        {
          on: object,
          path: `${path}.syncPolicy.syncOptions`,
          says: `Pods of any kind, privileged ones too, may run in ${namespace} when Argo CD makes it: it gives it no Pod Security labels.`,
          fix: 'Set managedNamespaceMetadata.labels, or declare the Namespace and leave CreateNamespace out.',
        },
      ]
    }),
}

/** Client-side apply keeps the whole object in one annotation of at most 256 KiB. */
export const argoServerSideApplyMissing: Rule = {
  id: 'argo-server-side-apply-missing',
  severity: 'warning',
  about: 'Every custom resource definition is applied in a way that also fits large ones.',
  check: (world) => {
    if (world.ofKind('CustomResourceDefinition').length === 0) return []
    return applications(world)
      .filter(({ syncOptions }) => !syncOptions.includes('ServerSideApply=true'))
      .map(({ object, path }) => ({
        on: object,
        path: `${path}.syncPolicy.syncOptions`,
        says: 'Large definitions fail with "metadata.annotations: Too long": what is applied is kept in an annotation of 256 KiB.',
        fix: 'Add ServerSideApply=true.',
      }))
  },
}

const frames = new Set(['ResourceQuota', 'LimitRange', 'NetworkPolicy', 'ServiceAccount', 'RoleBinding', 'Role'])

/** A namespace that nothing is put into. */
export const namespaceUnused: Rule = {
  id: 'namespace-unused',
  severity: 'warning',
  about: 'Every namespace that is declared has something deployed to it.',
  check: (world) => {
    const used = new Set([
      ...world.objects.filter(({ ref }) => !frames.has(ref.kind)).map(({ ref }) => ref.namespace),
      ...applications(world).map(({ spec }) => textAt(spec, 'destination.namespace')),
      ...world.objects.flatMap(({ manifest }) => remoteNamespaces(manifest)),
    ])
    return world
      .ofKind('Namespace', '')
      .filter(({ ref }) => !used.has(ref.name) && hasWorkloads(world))
      .map((object) => ({
        on: object,
        path: 'metadata.name',
        says: `Nothing will run in ${object.ref.name}: no workload, service or Application here is for it.`,
        fix: 'Deploy to it or remove it.',
      }))
  },
}

/** Namespaces that a secret store reads from. */
const remoteNamespaces = (manifest: unknown): readonly string[] =>
  textsIn(manifest).flatMap(({ key, text }) => (key === 'remoteNamespace' ? [text] : []))

const hasWorkloads = (world: World): boolean => world.pods.length > 0
