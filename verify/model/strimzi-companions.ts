import type { JsonObject, Loaded, PodPort } from '../types.ts'
import { labelsAt, objectAt, valueAt } from '../values.ts'
import { type Modelled, made, namespaceOf, nothing, service, tcp, together } from './modelled.ts'
import { strimziContainer, strimziLabels, strimziPod } from './strimzi-pod.ts'

/** What Strimzi runs beside the brokers of a Kafka cluster: its operators, exporter and Cruise Control. */
export const kafkaCompanions = (object: Loaded): Modelled =>
  together([entityOperator(object), exporter(object), cruiseControl(object)])

const entityOperator = (object: Loaded): Modelled => {
  const part = valueAt(object.manifest, 'spec.entityOperator')
  if (part === undefined) return nothing
  const template = objectAt(part, 'template')
  const topics = valueAt(part, 'topicOperator')
  const users = valueAt(part, 'userOperator')
  return companion(object, {
    part: 'entity-operator',
    componentType: 'entity-operator',
    path: 'spec.entityOperator',
    template,
    containers: [
      ...(topics === undefined
        ? []
        : [strimziContainer('topic-operator', topics, objectAt(template, 'topicOperatorContainer'))]),
      ...(users === undefined
        ? []
        : [strimziContainer('user-operator', users, objectAt(template, 'userOperatorContainer'))]),
    ],
    ports: [
      ...(topics === undefined ? [] : [tcp(8080, 'healthcheck')]),
      ...(users === undefined ? [] : [tcp(8081, 'healthcheck')]),
    ],
  })
}

const exporter = (object: Loaded): Modelled => {
  const part = valueAt(object.manifest, 'spec.kafkaExporter')
  if (part === undefined) return nothing
  const template = objectAt(part, 'template')
  return companion(object, {
    part: 'kafka-exporter',
    componentType: 'kafka-exporter',
    path: 'spec.kafkaExporter',
    template,
    containers: [strimziContainer('kafka-exporter', part, objectAt(template, 'container'))],
    ports: [tcp(9404, 'tcp-prometheus')],
  })
}

const cruiseControl = (object: Loaded): Modelled => {
  const part = valueAt(object.manifest, 'spec.cruiseControl')
  if (part === undefined) return nothing
  const template = objectAt(part, 'template')
  const name = `${object.ref.name}-cruise-control`
  const made = companion(object, {
    part: 'cruise-control',
    componentType: 'cruise-control',
    path: 'spec.cruiseControl',
    template,
    containers: [strimziContainer('cruise-control', part, objectAt(template, 'cruiseControlContainer'))],
    ports: [
      tcp(9090, 'rest-api'),
      ...(valueAt(part, 'metricsConfig') === undefined ? [] : [tcp(9404, 'tcp-prometheus')]),
    ],
  })
  const selector = { 'strimzi.io/cluster': object.ref.name, 'strimzi.io/kind': 'Kafka', 'strimzi.io/name': name }
  return { ...made, provided: [...made.provided, service(object, { name, selector, ports: [tcp(9090, 'rest-api')] })] }
}

type Companion = {
  readonly part: string
  readonly componentType: string
  readonly path: string
  readonly template: JsonObject
  readonly containers: readonly JsonObject[]
  readonly ports: readonly PodPort[]
}

const companion = (
  object: Loaded,
  { part, componentType, path, template, containers, ports }: Companion,
): Modelled => ({
  pods: [
    {
      owner: object,
      path,
      modelled: true,
      name: `${object.ref.name}-${part}`,
      namespace: namespaceOf(object),
      labels: { ...strimziLabels(object, part, componentType), ...labelsAt(template, 'pod.metadata.labels') },
      replicas: { count: 1, max: 1 },
      spec: strimziPod(template, containers),
      serviceAccount: `${object.ref.name}-${part}`,
      ports,
      ownClaims: [],
    },
  ],
  provided: [
    made('ServiceAccount', object, `${object.ref.name}-${part}`),
    made('PodDisruptionBudget', object, `${object.ref.name}-${part}`),
  ],
})
