import { Deployment } from 'kubernetes-models/apps/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { Service } from 'kubernetes-models/v1'
import { expect, test } from 'vitest'
import { schemaFaults } from '../../testing/schema-faults.ts'
import { toyCluster } from '../../testing/toy-cluster.ts'
import { toyPlatform } from '../../testing/toy-platform.ts'
import { components } from '../components.ts'
import { flows } from '../flows.ts'
import { PROMETHEUS } from '../systems/prometheus/names.ts'
import { clusterOf } from '../systems/systems.ts'
import { monitorSpecs, targets } from '../targets.ts'

const objects = components(toyPlatform, toyCluster)
  .filter(({ group }) => group === 'monitoring')
  .flatMap(({ files }) => Object.values(files).flat())
const find = (kind: string, name: string) => {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name)
  if (found === undefined) throw new RangeError(`${kind} ${name}`)
  return found
}

test('the operators take every object', () => {
  expect(schemaFaults(objects)).toEqual([])
})

test('each replica of Prometheus has a volume of its own, and nobody can stop or change it over HTTP', () => {
  const { spec } = find('Prometheus', PROMETHEUS.names.prometheus)
  expect(spec).toMatchObject({
    enableAdminAPI: false,
    reloadStrategy: 'ProcessSignal',
    storage: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } },
    securityContext: { runAsNonRoot: true, fsGroup: 65_534, seccompProfile: { type: 'RuntimeDefault' } },
  })
  expect(spec).not.toHaveProperty('additionalArgs')
})

test('no two objects have one kind, namespace and name', () => {
  const ids = objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`)
  expect(new Set(ids).size).toBe(ids.length)
})

test('a network policy lets Prometheus reach every target that it looks for', () => {
  const fromPrometheus = flows(clusterOf(toyPlatform, toyCluster)).filter(({ from }) => from.name === 'prometheus')
  // node exporters share the address of their node
  const inPods = targets(clusterOf(toyPlatform, toyCluster)).flatMap(({ monitor, port }) =>
    monitor === undefined || monitor.job === 'node-exporter' ? [] : [{ ...monitor, port }],
  )
  const unreachable = inPods.filter(
    ({ namespace, labels, port }) =>
      !fromPrometheus.some(
        ({ to, ports }) =>
          to.kind === 'pods' &&
          to.namespace === namespace &&
          Object.entries(to.labels).every(([key, value]) => labels[key] === value) &&
          ports.some((open) => open.port === port),
      ),
  )
  expect(unreachable).toEqual([])
})

test('Prometheus may look for pods in every namespace that has targets', () => {
  const allowed = objects.filter(({ kind }) => kind === 'RoleBinding').map(({ metadata }) => metadata.namespace)
  expect(
    monitorSpecs(clusterOf(toyPlatform, toyCluster))
      .map(({ namespace }) => namespace)
      .filter((name) => !allowed.includes(name)),
  ).toEqual([])
})

test('no alert is posted to an address that stands in a file', () => {
  const secret = find('ExternalSecret', 'alertmanager-config')
  expect(JSON.stringify(secret)).toContain('{{ .webhookUrl }}')
  expect(JSON.stringify(objects)).not.toMatch(/https:\/\//)
})

test('Kubernetes takes every object of its own kinds', () => {
  const [deployment, service, budget] = ['Deployment', 'Service', 'PodDisruptionBudget'].map((kind) =>
    find(kind, 'grafana'),
  )
  expect(() => new Deployment(deployment as never).validate()).not.toThrow()
  expect(() => new Service(service as never).validate()).not.toThrow()
  expect(() => new PodDisruptionBudget(budget as never).validate()).not.toThrow()
})
