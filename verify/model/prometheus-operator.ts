import type { JsonObject, Loaded, PodGroup, PodPort } from '../types.ts'
import { labelsAt, listAt, numberAt, objectAt, pick, textAt, valueAt } from '../values.ts'
import {
  claimOf,
  containerPorts,
  holder,
  type Model,
  type Modelled,
  namespaceOf,
  service,
  tcp,
  withPorts,
} from './modelled.ts'

/** The parts of Prometheus and Alertmanager objects that are parts of their pods. */
const podFields = [
  ...['securityContext', 'affinity', 'tolerations', 'nodeSelector', 'topologySpreadConstraints', 'priorityClassName'],
  ...['imagePullSecrets', 'terminationGracePeriodSeconds', 'automountServiceAccountToken', 'volumes'],
]

/** The sidecar that reloads the configuration listens here. */
const RELOADER = tcp(8080, 'reloader-web')

/** What the operator itself writes into the containers it makes. */
const containerSecurity = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
}

type Server = {
  readonly product: 'prometheus' | 'alertmanager'
  readonly labels: Readonly<Record<string, string>>
  readonly ports: readonly PodPort[]
  /** The Service that the operator makes for all objects of the kind in a namespace. */
  readonly operated: string
}

/** Prometheus as its operator runs it. */
export const prometheus: Model = (object) =>
  server(object, {
    product: 'prometheus',
    labels: { 'operator.prometheus.io/name': object.ref.name, 'operator.prometheus.io/shard': '0' },
    ports: [tcp(9090, portName(object))],
    operated: 'prometheus-operated',
  })

/** Alertmanager as its operator runs it; its replicas gossip on 9094. */
export const alertmanager: Model = (object) =>
  server(object, {
    product: 'alertmanager',
    labels: {},
    ports: [tcp(9093, portName(object)), tcp(9094, 'mesh-tcp'), { name: 'mesh-udp', port: 9094, protocol: 'UDP' }],
    operated: 'alertmanager-operated',
  })

const portName = (object: Loaded): string => textAt(object.manifest, 'spec.portName') ?? 'web'

const server = (object: Loaded, { product, labels, ports, operated }: Server): Modelled => {
  const spec = objectAt(object.manifest, 'spec')
  const count = (numberAt(spec, 'replicas') ?? 1) * (numberAt(spec, 'shards') ?? 1)
  const own = listAt(spec, 'containers').find((container) => textAt(container, 'name') === product)
  const others = listAt(spec, 'containers').filter((container) => container !== own)
  const image = textAt(spec, 'image')
  const selector = {
    [product]: object.ref.name,
    'app.kubernetes.io/name': product,
    'app.kubernetes.io/instance': object.ref.name,
    'app.kubernetes.io/managed-by': 'prometheus-operator',
  }
  const group: PodGroup = {
    owner: object,
    path: 'spec',
    modelled: true,
    name: `${product}-${object.ref.name}`,
    namespace: namespaceOf(object),
    labels: { ...labelsAt(spec, 'podMetadata.labels'), ...selector, ...labels },
    replicas: { count, max: count },
    spec: {
      ...pick(spec, podFields),
      containers: [
        {
          name: product,
          securityContext: containerSecurity,
          ...(image === undefined ? {} : { image }),
          ...pick(spec, ['resources']),
          ...objectAt(own, ''),
        },
        ...others,
      ],
    },
    serviceAccount: textAt(spec, 'serviceAccountName') ?? 'default',
    ports: withPorts([...ports, RELOADER], containerPorts(others)),
    ownClaims: claimsOf(spec),
  }
  return {
    pods: [group],
    provided: [
      ...(valueAt(spec, 'serviceName') === undefined
        ? [
            service(object, {
              name: operated,
              selector: { 'app.kubernetes.io/name': product },
              ports: ports.filter(({ protocol }) => protocol === 'TCP'),
              isHeadless: true,
            }),
          ]
        : []),
      holder('Secret', object, group.name, [`${product}.yaml.gz`]),
      holder('Secret', object, `${group.name}-web-config`, ['web-config.yaml']),
    ],
  }
}

const claimsOf = (spec: JsonObject): PodGroup['ownClaims'] => {
  const template = valueAt(spec, 'storage.volumeClaimTemplate')
  return template === undefined ? [] : [claimOf(textAt(template, 'metadata.name') ?? 'data', template)]
}
