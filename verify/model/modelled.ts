import type { Loaded, OwnClaim, PodGroup, PodPort, Protocol, Provided } from '../types.ts'
import { listAt, numberAt, textAt } from '../values.ts'

/** What comes of objects: the pods that will run and the objects that operators will make. */
export type Modelled = { readonly pods: readonly PodGroup[]; readonly provided: readonly Provided[] }

/** Finds other objects of the same set by kind, API group and namespace. */
export type Siblings = (kind: string, group: string, namespace: string | undefined) => readonly Loaded[]

/** Tells what the operator of one kind makes of an object. */
export type Model = (object: Loaded, siblings: Siblings) => Modelled

/** Nothing comes of it. */
export const nothing: Modelled = { pods: [], provided: [] }

/** Puts models together. */
export const together = (models: readonly Modelled[]): Modelled => ({
  pods: models.flatMap(({ pods }) => pods),
  provided: models.flatMap(({ provided }) => provided),
})

/** The namespace that an object's pods run in; `default` where it says none. */
export const namespaceOf = (object: Loaded): string => object.ref.namespace ?? 'default'

/** A TCP port of a pod. */
export const tcp = (port: number, name?: string): PodPort => ({ name, port, protocol: 'TCP' })

/** The ports that containers declare. */
export const containerPorts = (containers: readonly unknown[]): readonly PodPort[] =>
  containers.flatMap((container) =>
    listAt(container, 'ports').flatMap((port) => {
      const number = numberAt(port, 'containerPort')
      return number === undefined
        ? []
        : [{ name: textAt(port, 'name'), port: number, protocol: protocolOf(textAt(port, 'protocol')) }]
    }),
  )

/** TCP unless it says otherwise. */
export const protocolOf = (protocol: string | undefined): Protocol =>
  protocol === 'UDP' || protocol === 'SCTP' ? protocol : 'TCP'

/** A claim as a PersistentVolumeClaim or a template of one writes it. */
export const claimOf = (name: string, claim: unknown): OwnClaim => ({
  name,
  storage: textAt(claim, 'spec.resources.requests.storage') ?? '0',
  storageClass: textAt(claim, 'spec.storageClassName'),
})

/** Adds ports that are not among those already given, by number and protocol. */
export const withPorts = (ports: readonly PodPort[], more: readonly PodPort[]): readonly PodPort[] => [
  ...ports,
  ...more.filter((one) => !ports.some(({ port, protocol }) => port === one.port && protocol === one.protocol)),
]

type ServiceWanted = {
  readonly name: string
  readonly selector: Readonly<Record<string, string>>
  readonly ports: readonly {
    readonly name: string | undefined
    readonly port: number
    readonly targetPort?: number | string
  }[]
  readonly isHeadless?: boolean
}

/** A Service that `maker`'s operator makes in its namespace. */
export const service = (maker: Loaded, { name, selector, ports, isHeadless = false }: ServiceWanted): Provided => ({
  kind: 'Service',
  namespace: namespaceOf(maker),
  name,
  maker,
  selector,
  ports: ports.map((one) => ({ name: one.name, port: one.port, targetPort: one.targetPort ?? one.port })),
  isHeadless,
})

/** A Secret or ConfigMap that is made in the namespace of `maker`; `keys` undefined = not known. */
export const holder = (
  kind: 'Secret' | 'ConfigMap',
  maker: Loaded,
  name: string,
  keys: readonly string[] | undefined,
): Provided => ({
  kind,
  namespace: namespaceOf(maker),
  name,
  maker,
  ...(keys === undefined ? {} : { keys }),
})

/** Any other object that is made in the namespace of `maker`. */
export const made = (kind: string, maker: Loaded, name: string): Provided => ({
  kind,
  namespace: namespaceOf(maker),
  name,
  maker,
})
