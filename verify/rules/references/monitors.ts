import { namespaceOf } from '../../model/modelled.ts'
import { labelSelector, selectorText } from '../../model/selector.ts'
import { podPortOf, servicesOf } from '../../model/services.ts'
import type { Found, Loaded, PodGroup, Rule, World } from '../../types.ts'
import { labelsAt, listAt, numberAt, objectAt, textAt, valueAt } from '../../values.ts'
import { titleOf } from './reference.ts'

/** What one endpoint of a monitor scrapes. */
export type Scrape = {
  readonly monitor: Loaded
  readonly path: string
  readonly group: PodGroup
  readonly port: number
}

/** The pods and ports that PodMonitors and ServiceMonitors lead to. */
export const scrapesOf = (world: World): readonly Scrape[] =>
  [...podMonitors(world), ...serviceMonitors(world)].flatMap(({ monitor, targets }) =>
    targets.flatMap(({ path, ports }) => ports.map((one) => ({ monitor, path, ...one }))),
  )

/** A monitor that finds no pod, no such port, or that no Prometheus reads. */
export const monitorSelectsNothing: Rule = {
  id: 'monitor-selects-nothing',
  severity: 'error',
  about: 'Every PodMonitor and ServiceMonitor finds something to scrape and is read by a Prometheus.',
  check: (world) => [
    ...[...podMonitors(world), ...serviceMonitors(world)]
      .filter(({ monitor }) => !isElsewhere(world, monitor))
      .flatMap(targetFaults),
    ...[...world.ofKind('PodMonitor'), ...world.ofKind('ServiceMonitor')].flatMap((monitor) => unread(world, monitor)),
  ],
}

type Target = {
  readonly path: string
  readonly portName: string
  readonly ports: readonly { readonly group: PodGroup; readonly port: number }[]
}
type Resolved = { readonly monitor: Loaded; readonly isMet: boolean; readonly targets: readonly Target[] }

const podMonitors = (world: World): readonly Resolved[] =>
  world.ofKind('PodMonitor', 'monitoring.coreos.com').map((monitor) => {
    const inside = namespacesOf(monitor)
    const meets = labelSelector(objectAt(monitor.manifest, 'spec.selector'))
    const groups = world.pods.filter((group) => inside(group.namespace) && meets(group.labels))
    return {
      monitor,
      isMet: groups.length > 0,
      targets: listAt(monitor.manifest, 'spec.podMetricsEndpoints').map((endpoint, index) => {
        const port = portOf(endpoint)
        return {
          path: `spec.podMetricsEndpoints[${index}].port`,
          portName: String(port),
          ports: groups.flatMap((group) => {
            const number = port === undefined ? undefined : podPortOf(group, port)
            return number !== undefined && group.ports.some((one) => one.port === number)
              ? [{ group, port: number }]
              : []
          }),
        }
      }),
    }
  })

const serviceMonitors = (world: World): readonly Resolved[] =>
  world.ofKind('ServiceMonitor', 'monitoring.coreos.com').map((monitor) => {
    const inside = namespacesOf(monitor)
    const meets = labelSelector(objectAt(monitor.manifest, 'spec.selector'))
    const services = servicesOf(world).all.filter(({ namespace, labels }) => inside(namespace) && meets(labels))
    return {
      monitor,
      isMet: services.length > 0,
      targets: listAt(monitor.manifest, 'spec.endpoints').map((endpoint, index) => {
        const name = textAt(endpoint, 'port')
        const target = numberAt(endpoint, 'targetPort') ?? textAt(endpoint, 'targetPort')
        return {
          path: `spec.endpoints[${index}].port`,
          portName: name ?? String(target),
          ports: services.flatMap(({ ports, pods }) =>
            ports
              .filter((port) => (name === undefined ? true : port.name === name))
              .flatMap((port) =>
                pods.flatMap((group) => {
                  const number = podPortOf(group, target ?? port.targetPort)
                  return number === undefined ? [] : [{ group, port: number }]
                }),
              ),
          ),
        }
      }),
    }
  })

/** A monitor of a namespace that these files hold no pod of looks at what others install (kube-system, operators). */
const isElsewhere = (world: World, monitor: Loaded): boolean => {
  const inside = namespacesOf(monitor)
  return !world.pods.some(({ namespace }) => inside(namespace))
}

const targetFaults = ({ monitor, isMet, targets }: Resolved): readonly Found[] =>
  isMet
    ? targets
        .filter(({ ports, portName }) => ports.length === 0 && portName !== 'undefined')
        .map(({ path, portName }) => ({
          on: monitor,
          path,
          says: `${titleOf(monitor)} scrapes nothing here: none of the pods that it selects has a port "${portName}".`,
          fix: 'Name a port that the containers (or the Service) have.',
        }))
    : [
        {
          on: monitor,
          path: 'spec.selector',
          says: `${titleOf(monitor)} scrapes nothing: nothing in its namespaces meets ${selectorText(objectAt(monitor.manifest, 'spec.selector'))}.`,
          fix: 'Select the labels that the pods (or the Service) carry, and name their namespaces.',
        },
      ]

const portOf = (endpoint: unknown): number | string | undefined =>
  textAt(endpoint, 'port') ??
  numberAt(endpoint, 'portNumber') ??
  numberAt(endpoint, 'targetPort') ??
  textAt(endpoint, 'targetPort')

const namespacesOf = (monitor: Loaded): ((namespace: string) => boolean) => {
  if (valueAt(monitor.manifest, 'spec.namespaceSelector.any') === true) return () => true
  const names = listAt(monitor.manifest, 'spec.namespaceSelector.matchNames')
  const own = namespaceOf(monitor)
  return (namespace) => (names.length > 0 ? names.includes(namespace) : namespace === own)
}

/** Whether a Prometheus reads a monitor: its selectors meet the monitor and the namespace; without one it reads none. */
export const reads = (world: World, server: Loaded, monitor: Loaded): boolean => {
  const field = fieldOf(monitor)
  const selector = valueAt(server.manifest, `spec.${field}Selector`)
  if (selector === undefined || !labelSelector(selector)(monitor.manifest.metadata.labels ?? {})) return false
  const namespaces = valueAt(server.manifest, `spec.${field}NamespaceSelector`)
  if (namespaces === undefined) return namespaceOf(server) === namespaceOf(monitor)
  return labelSelector(namespaces)(namespaceLabels(world, namespaceOf(monitor)))
}

const fieldOf = (monitor: Loaded): string => (monitor.ref.kind === 'PodMonitor' ? 'podMonitor' : 'serviceMonitor')

const unread = (world: World, monitor: Loaded): readonly Found[] => {
  const servers = world.ofKind('Prometheus', 'monitoring.coreos.com')
  const field = fieldOf(monitor)
  const isRead = servers.some((server) => reads(world, server, monitor))
  if (isRead || world.context.external.some((name) => name.startsWith('Prometheus/'))) return []
  return [
    {
      on: monitor,
      path: 'metadata.labels',
      severity: servers.length === 0 ? 'warning' : 'error',
      says:
        servers.length === 0
          ? `${titleOf(monitor)} is read by nobody: these files hold no Prometheus object of the operator.`
          : `${titleOf(monitor)} is read by nobody: no Prometheus selects its labels and namespace.`,
      fix: `Give a Prometheus object a ${field}Selector and ${field}NamespaceSelector that meet it ({} meets all).`,
    },
  ]
}

const namespaceLabels = (world: World, name: string): Readonly<Record<string, string>> => ({
  ...labelsAt(world.ofKind('Namespace', '').find(({ ref }) => ref.name === name)?.manifest, 'metadata.labels'),
  'kubernetes.io/metadata.name': name,
})
