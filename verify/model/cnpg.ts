import type { JsonObject, Loaded, OwnClaim, PodGroup, Provided } from '../types.ts'
import { labelsAt, listAt, numberAt, objectAt, pick, textAt, valueAt } from '../values.ts'
import { containerPorts, holder, type Model, made, namespaceOf, service, tcp, withPorts } from './modelled.ts'

const managedBy = (cluster: string, component: string) => ({
  'app.kubernetes.io/name': 'postgresql',
  'app.kubernetes.io/instance': cluster,
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/managed-by': 'cloudnative-pg',
})

/** A PostgreSQL cluster of CloudNativePG: its instances, the job that makes the first, Services, Secrets. */
export const postgresCluster: Model = (object) => {
  const spec = objectAt(object.manifest, 'spec')
  const count = numberAt(spec, 'instances') ?? 1
  const inherited = labelsAt(spec, 'inheritedMetadata.labels')
  const pod: JsonObject = {
    ...podSpec(spec),
    containers: [
      { name: 'postgres', ...pick(spec, ['resources']), ...imageOf(spec), securityContext: containerSecurity },
    ],
  }
  const group = {
    owner: object,
    path: 'spec',
    modelled: true,
    namespace: namespaceOf(object),
    spec: pod,
    serviceAccount: object.ref.name,
  }
  const instances: PodGroup = {
    ...group,
    name: object.ref.name,
    labels: {
      ...inherited,
      'cnpg.io/cluster': object.ref.name,
      'cnpg.io/podRole': 'instance',
      ...managedBy(object.ref.name, 'database'),
    },
    replicas: { count, max: count },
    ports: [tcp(5432, 'postgresql'), tcp(9187, 'metrics'), tcp(8000, 'status')],
    ownClaims: claimsOf(spec),
  }
  return { pods: [instances], provided: [...services(object, spec), ...secrets(object, spec), ...others(object, spec)] }
}

/** PgBouncer in front of a cluster. */
export const pooler: Model = (object) => {
  const spec = objectAt(object.manifest, 'spec')
  const count = numberAt(spec, 'instances') ?? 1
  const template = objectAt(spec, 'template')
  const cluster = textAt(spec, 'cluster.name') ?? ''
  const written = listAt(template, 'spec.containers')
  const own = written.find((container) => textAt(container, 'name') === 'pgbouncer')
  const serviceAccount = textAt(spec, 'serviceAccountName') ?? object.ref.name
  const image = textAt(spec, 'pgbouncer.image')
  const group: PodGroup = {
    owner: object,
    path: 'spec.template',
    modelled: true,
    name: object.ref.name,
    namespace: namespaceOf(object),
    labels: {
      ...labelsAt(template, 'metadata.labels'),
      'cnpg.io/poolerName': object.ref.name,
      'cnpg.io/cluster': cluster,
      'cnpg.io/podRole': 'pooler',
      ...managedBy(cluster, 'pooler'),
    },
    replicas: { count, max: count },
    spec: {
      ...objectAt(template, 'spec'),
      securityContext: { ...podSecurity, runAsUser: 998, ...objectAt(template, 'spec.securityContext') },
      containers: [
        {
          name: 'pgbouncer',
          securityContext: containerSecurity,
          ...(image === undefined ? {} : { image }),
          ...objectAt(own, ''),
        },
        ...written.filter((container) => container !== own),
      ],
    },
    serviceAccount,
    ports: withPorts([tcp(5432, 'pgbouncer'), tcp(9127, 'metrics')], containerPorts(written)),
    ownClaims: [],
  }
  return {
    pods: [group],
    provided: [
      service(object, {
        name: object.ref.name,
        selector: { 'cnpg.io/poolerName': object.ref.name },
        ports: [{ ...tcp(5432, 'pgbouncer'), targetPort: 'pgbouncer' }],
      }),
      ...(textAt(spec, 'serviceAccountName') === undefined ? [made('ServiceAccount', object, object.ref.name)] : []),
    ],
  }
}

const imageOf = (spec: JsonObject): JsonObject => {
  const image = textAt(spec, 'imageName')
  return image === undefined ? {} : { image }
}

/** What CloudNativePG itself writes into its pods (`CreatePodSecurityContext`), which meets `restricted`. */
const podSecurity = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }
const containerSecurity = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
}

/** The user that the operand images run as. */
const POSTGRES_UID = 26

const podSpec = (spec: JsonObject): JsonObject => ({
  securityContext: {
    ...podSecurity,
    runAsUser: numberAt(spec, 'postgresUID') ?? POSTGRES_UID,
    fsGroup: numberAt(spec, 'postgresGID') ?? POSTGRES_UID,
    ...('seccompProfile' in spec ? { seccompProfile: spec.seccompProfile } : {}),
    ...objectAt(spec, 'podSecurityContext'),
  },
  ...pick(spec, ['topologySpreadConstraints', 'priorityClassName', 'schedulerName', 'imagePullSecrets']),
  ...pick(objectAt(spec, 'affinity'), ['nodeSelector', 'tolerations']),
  ...affinityOf(spec),
})

/** `affinity.enablePodAntiAffinity` (on by default) becomes a rule of the scheduler's kind. */
const affinityOf = (spec: JsonObject): JsonObject => {
  const affinity = objectAt(spec, 'affinity')
  if (valueAt(affinity, 'enablePodAntiAffinity') === false)
    return 'nodeAffinity' in affinity ? { affinity: pick(affinity, ['nodeAffinity']) } : {}
  const term = {
    topologyKey: textAt(affinity, 'topologyKey') ?? 'kubernetes.io/hostname',
    labelSelector: { matchLabels: { 'cnpg.io/podRole': 'instance' } },
  }
  const podAntiAffinity: JsonObject =
    textAt(affinity, 'podAntiAffinityType') === 'required'
      ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
      : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] }
  return { affinity: { ...pick(affinity, ['nodeAffinity']), podAntiAffinity } }
}

const claimsOf = (spec: JsonObject): readonly OwnClaim[] =>
  [
    ['data', 'storage'],
    ['wal', 'walStorage'],
  ].flatMap(([name = '', field = '']) => {
    const storage = valueAt(spec, field)
    return storage === undefined
      ? []
      : [
          {
            name,
            storage: textAt(storage, 'size') ?? textAt(storage, 'pvcTemplate.resources.requests.storage') ?? '0',
            storageClass: textAt(storage, 'storageClass') ?? textAt(storage, 'pvcTemplate.storageClassName'),
          },
        ]
  })

const services = (object: Loaded, spec: JsonObject): readonly Provided[] => {
  const disabled = listAt(spec, 'managed.services.disabledDefaultServices')
  const selector = { 'cnpg.io/cluster': object.ref.name, 'cnpg.io/podRole': 'instance' }
  const ports = [tcp(5432, 'postgres')]
  return [
    ...['rw', 'ro', 'r']
      .filter((suffix) => !disabled.includes(suffix))
      .map((suffix) => service(object, { name: `${object.ref.name}-${suffix}`, selector, ports })),
    ...listAt(spec, 'managed.services.additional').flatMap((additional) => {
      const name = textAt(additional, 'serviceTemplate.metadata.name')
      return name === undefined ? [] : [service(object, { name, selector, ports })]
    }),
  ]
}

/** Keys of the Secret of a user, from `CreateSecret` of the operator. */
const userKeys = [
  ...['username', 'user', 'password', 'dbname', 'host', 'port', 'pgpass'],
  ...['uri', 'jdbc-uri', 'fqdn-uri', 'fqdn-jdbc-uri'],
]

const secrets = (object: Loaded, spec: JsonObject): readonly Provided[] => {
  const name = object.ref.name
  const bootstrap = objectAt(spec, 'bootstrap')
  const applicationSecret = ['initdb', 'recovery', 'pg_basebackup']
    .map((method) => textAt(bootstrap, `${method}.secret.name`))
    .find((secret) => secret !== undefined)
  const given = (field: string) => textAt(spec, `certificates.${field}`) !== undefined
  return [
    ...(applicationSecret === undefined ? [holder('Secret', object, `${name}-app`, userKeys)] : []),
    ...(valueAt(spec, 'enableSuperuserAccess') === true && textAt(spec, 'superuserSecret.name') === undefined
      ? [holder('Secret', object, `${name}-superuser`, userKeys)]
      : []),
    ...(given('serverCASecret') && given('clientCASecret')
      ? []
      : [holder('Secret', object, `${name}-ca`, ['ca.crt', 'ca.key'])]),
    ...(given('serverTLSSecret') ? [] : [holder('Secret', object, `${name}-server`, ['tls.crt', 'tls.key'])]),
    ...(given('replicationTLSSecret') ? [] : [holder('Secret', object, `${name}-replication`, ['tls.crt', 'tls.key'])]),
  ]
}

const others = (object: Loaded, spec: JsonObject): readonly Provided[] => [
  made('ServiceAccount', object, object.ref.name),
  holder('ConfigMap', object, 'cnpg-default-monitoring', ['queries']),
  ...(valueAt(spec, 'enablePDB') === false
    ? []
    : [
        made('PodDisruptionBudget', object, object.ref.name),
        made('PodDisruptionBudget', object, `${object.ref.name}-primary`),
      ]),
]
