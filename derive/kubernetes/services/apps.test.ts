import { clientSystemNames, type PlatformShape, service, systemVariables } from '@knowton/core'
import { Deployment } from 'kubernetes-models/apps/v1'
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2'
import { Job } from 'kubernetes-models/batch/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { Role, RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1'
import { ConfigMap, Service, ServiceAccount } from 'kubernetes-models/v1'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { isCustom, schemaFaults } from '../../testing/schema-faults.ts'
import { toyCluster } from '../../testing/toy-cluster.ts'
import { toyPlatform } from '../../testing/toy-platform.ts'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import { components } from '../components.ts'
import type { Manifest } from '../manifest.ts'

/** A service of a later day: no database, no topic, one route. */
const window = service({
  name: 'window',
  summary: 'Shows books.',
  routes: {},
  publishes: {},
  consumes: {},
  stores: {},
  chain: false,
  config: {},
  secrets: {},
  size: 'small',
  pool: 'compute-optimized',
  instances: 'many',
  needs: [],
})
const platform: PlatformShape = { ...toyPlatform, services: { ...toyPlatform.services, window } }
const oneMachine: ClusterEnvironment = {
  ...toyCluster,
  cloud: { kind: 'kind' },
  gateway: { ...toyCluster.gateway, replicas: 1, maxReplicas: 1, rateLimits: 'local' },
  inference: { ...toyCluster.inference, gpus: 0 },
  objectStore: { ...toyCluster.objectStore, endpoint: 'https://object-store.data.svc:7070' },
}
const withTriton: ClusterEnvironment = { ...toyCluster, inference: { ...toyCluster.inference, backend: 'triton' } }
const clusters = { toyCluster, oneMachine, withTriton }

const objectsIn = (environment: ClusterEnvironment): readonly Manifest[] =>
  components(platform, environment)
    .filter(({ group }) => group === 'apps')
    .flatMap(({ files }) => Object.values(files).flat())
const objects = objectsIn(toyCluster)
const find = (kind: string, name: string, among = objects) =>
  among.find((object) => object.kind === kind && object.metadata.name === name)

const models: Readonly<Record<string, new (data: never) => { validate: () => void }>> = {
  Deployment,
  HorizontalPodAutoscaler,
  Job,
  PodDisruptionBudget,
  Role,
  RoleBinding,
  ConfigMap,
  Service,
  ServiceAccount,
}

test.each(Object.entries(clusters))('objects of Kubernetes itself are valid: %s', (_, environment) => {
  const own = objectsIn(environment).filter((object) => !isCustom(object))
  expect(own.length).toBeGreaterThan(20)
  for (const object of own) {
    const Model = models[object.kind]
    if (Model === undefined) throw new Error(`no model of ${object.kind}`)
    new Model(object as never).validate()
  }
})

test('custom resources have the fields of their definitions and no other', () => {
  for (const environment of Object.values(clusters)) {
    const custom = objectsIn(environment).filter(isCustom)
    expect(custom.length).toBeGreaterThan(10)
    expect(schemaFaults(custom)).toEqual([])
  }
})

test('every object stands in the namespace of the applications but the reader of Kafka certificates', () => {
  const elsewhere = objects.filter(({ metadata }) => metadata.namespace !== toyCluster.namespaces.apps)
  expect(elsewhere.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
    `Role ${toyCluster.namespaces.data}/secret-reader`,
    `RoleBinding ${toyCluster.namespaces.data}/secret-reader`,
  ])
})

type PodSpec = {
  readonly containers: readonly Container[]
  readonly initContainers?: readonly Container[]
  readonly volumes: readonly { readonly name: string }[]
}
type Container = {
  readonly name: string
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[]
  readonly volumeMounts: readonly { readonly name: string }[]
  readonly securityContext: object
  readonly resources: { readonly requests: object; readonly limits: object }
}
const specOf = <Spec>(object: Manifest | undefined): Spec => {
  if (object === undefined) throw new Error('there is no such object')
  return object.spec as Spec
}
const podSpecOf = (object: Manifest | undefined): PodSpec =>
  specOf<{ template: { spec: PodSpec } }>(object).template.spec
const workloads = Object.values(clusters).flatMap((environment) =>
  objectsIn(environment).filter(({ kind }) => kind === 'Deployment' || kind === 'Job'),
)

test('every container is locked down, has requests and limits, and mounts only volumes of its pod', () => {
  for (const workload of workloads) {
    const { containers, initContainers = [], volumes } = podSpecOf(workload)
    for (const { name, securityContext, resources, volumeMounts } of [...containers, ...initContainers]) {
      expect(securityContext, name).toMatchObject({ readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } })
      for (const side of [resources.requests, resources.limits])
        expect(Object.keys(side), name).toEqual(expect.arrayContaining(['cpu', 'memory', 'ephemeral-storage']))
      expect(volumes.map((volume) => volume.name)).toEqual(
        expect.arrayContaining(volumeMounts.map((mount) => mount.name)),
      )
    }
  }
})

test('a variable is composed of secret ones only after they are set, and no value holds a password', () => {
  for (const workload of workloads) {
    for (const { env = [] } of podSpecOf(workload).containers) {
      for (const [at, { value }] of env.entries()) {
        const before = env.slice(0, at).filter(({ valueFrom }) => valueFrom !== undefined)
        for (const [, name] of (value ?? '').matchAll(/\$\((\w+)\)/g)) expect(before.map((v) => v.name)).toContain(name)
        expect(value ?? '').not.toMatch(/:\/\/[^/$@]*:[^$@/]+@/)
      }
    }
  }
})

test('every secret that a pod reads is made by an ExternalSecret with that key', () => {
  const made = new Map(
    objects
      .filter(({ kind }) => kind === 'ExternalSecret')
      .map((object) => {
        const spec = object.spec as {
          data: { secretKey: string }[]
          target: { template?: { data?: Record<string, string> } }
        }
        const keys = Object.keys(spec.target.template?.data ?? {})
        return [object.metadata.name, keys.length > 0 ? keys : spec.data.map(({ secretKey }) => secretKey)] as const
      }),
  )
  const read = objects
    .filter(({ kind }) => kind === 'Deployment' || kind === 'Job')
    .flatMap((object) => podSpecOf(object).containers)
    .flatMap(({ env = [] }) => env)
    .flatMap(({ valueFrom }) => {
      const reference = (valueFrom as { secretKeyRef?: { name: string; key: string } } | undefined)?.secretKeyRef
      return reference === undefined ? [] : [reference]
    })
  expect(read.length).toBeGreaterThan(5)
  for (const { name, key } of read) expect(made.get(name), `${name}/${key}`).toContain(key)
})

test('a service of one process has one pod that ends before the next begins, and no autoscaler', () => {
  expect(find('Deployment', 'cashier')?.spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } })
  expect(find('ScaledObject', 'cashier')).toBeUndefined()
  expect(find('HorizontalPodAutoscaler', 'cashier')).toBeUndefined()
})

test('a service of many leaves their number to its autoscaler: by lag when it hears topics, else by load', () => {
  for (const name of ['bookshop', 'window']) expect(find('Deployment', name)?.spec).not.toHaveProperty('replicas')
  expect(JSON.stringify(find('ScaledObject', 'bookshop'))).toContain('events_lag{')
  expect(find('HorizontalPodAutoscaler', 'window')).toBeDefined()
})

test('a service without a database has no migration and no secret', () => {
  expect(find('Job', 'bookshop-migration')).toBeDefined()
  expect(find('Job', 'window-migration')).toBeUndefined()
  expect(find('ExternalSecret', 'window')).toBeUndefined()
})

test('a migration gets the URL of its own database, its password, and nothing else', () => {
  const env = podSpecOf(find('Job', 'bookshop-migration')).containers[0]?.env ?? []
  expect(env.map(({ name }) => name)).toEqual(['POSTGRES_PASSWORD', 'STORE_DB_URL'])
})

test('a service is told of every system that it needs, by the variables that services know', () => {
  const data = (find('ConfigMap', 'bookshop') as unknown as { data: Record<string, string> }).data
  const env = podSpecOf(find('Deployment', 'bookshop')).containers[0]?.env ?? []
  const told = [...Object.keys(data), ...env.map(({ name }) => name)]
  expect(told).toEqual(expect.arrayContaining(clientSystemNames.flatMap(systemVariables)))
  const alone = (find('ConfigMap', 'window') as unknown as { data: Record<string, string> }).data
  expect(Object.keys(alone).filter((name) => clientSystemNames.flatMap(systemVariables).includes(name))).toEqual([])
})

test('only the certificates of Kafka users, and the brokers’ own, may be copied out of the data namespace', () => {
  expect(find('Role', 'secret-reader')?.rules).toEqual([
    {
      apiGroups: [''],
      resources: ['secrets'],
      resourceNames: ['knowton-kafka-cluster-ca-cert', 'bookshop', 'cashier'],
      verbs: ['get'],
    },
  ])
})

test('kong.yml is whole once the key is in it, and pods wait for the very one that they were rendered with', () => {
  const template = specOf<{ target: { template: { data: Record<string, string> } } }>(
    find('ExternalSecret', 'kong-gateway'),
  ).target.template.data
  const key = Object.keys(template).find((name) => name.endsWith('.yml')) ?? ''
  const pem = '-----BEGIN PUBLIC KEY-----\nAB+/=\n-----END PUBLIC KEY-----\n'
  const config = parse((template[key] ?? '').replace('{{ .accessTokenPublicKey | toJson }}', JSON.stringify(pem)))
  expect(config.consumers[0].jwt_secrets[0].rsa_public_key).toBe(pem)
  expect(template[key]).not.toContain('{{ .accessTokenPublicKey | toJson }}"')
  expect(JSON.stringify(podSpecOf(find('Deployment', 'kong-gateway')).volumes)).toContain(`"key":"${key}"`)
})

test('a gateway alone counts alone; several count in one Redis whose password no file holds', () => {
  const alone = find('ExternalSecret', 'kong-gateway', objectsIn(oneMachine))
  expect(JSON.stringify(alone)).toContain('policy: local')
  expect(JSON.stringify(alone)).not.toMatch(/rate-limits/)
  expect(JSON.stringify(find('ExternalSecret', 'kong-gateway'))).toContain('{vault://env/rate-limits-password}')
})

test('inference servers take a GPU where there are some, never one more than there are, and keep their management closed', () => {
  const spec = find('Deployment', 'torchserve-inference')?.spec
  expect(spec).toMatchObject({ strategy: { rollingUpdate: { maxSurge: 0 } } })
  expect(JSON.stringify(spec)).toContain('"nvidia.com/gpu":1')
  expect(JSON.stringify(find('ConfigMap', 'torchserve-inference'))).toContain(
    'management_address=http://127.0.0.1:8081',
  )
  expect(JSON.stringify(find('Deployment', 'torchserve-inference', objectsIn(oneMachine)))).not.toContain('nvidia')
})

test('the other inference server answers behind the same Service with the same protocol', () => {
  const other = objectsIn(withTriton)
  expect(find('Service', 'torchserve', other)).toEqual(find('Service', 'torchserve'))
  const urlIn = (among: readonly Manifest[]) =>
    (find('ConfigMap', 'bookshop', among) as unknown as { data: Record<string, string> }).data.INFERENCE_URL
  expect(urlIn(other)).toMatch(/\/v2\/models\/\{model\}\/infer$/)
  expect(urlIn(objects)).toMatch(/\/predictions\/\{model\}$/)
})
