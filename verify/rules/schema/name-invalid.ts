import type { Found, Json, Loaded, Rule } from '../../types.ts'

type Form = { readonly pattern: RegExp; readonly length: number; readonly what: string }

const label: Form = {
  pattern: /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/,
  length: 63,
  what: 'at most 63 lower-case letters, digits and hyphens, beginning and ending with a letter or digit',
}
/** RFC 1035; what a Service may be called. */
const service: Form = {
  pattern: /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/,
  length: 63,
  what: 'at most 63 lower-case letters, digits and hyphens, beginning with a letter',
}
const subdomain: Form = {
  pattern: /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/,
  length: 253,
  what: 'at most 253 lower-case letters, digits, hyphens and dots, each part beginning and ending with a letter or digit',
}
/** RBAC names only must not be taken for a path. */
const segment: Form = { pattern: /^(?!\.{1,2}$)[^/%]+$/, length: 253, what: 'without / and %' }

const formOf = ({ ref }: Loaded): Form => {
  if (ref.group === 'rbac.authorization.k8s.io') return segment
  if (ref.kind === 'Service' && ref.group === '') return service
  if (ref.kind === 'Namespace' && ref.group === '') return label
  return subdomain
}

const LABEL_NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/

const isKey = (key: string): boolean => {
  const slash = key.indexOf('/')
  if (slash === -1) return LABEL_NAME.test(key)
  const prefix = key.slice(0, slash)
  return subdomain.pattern.test(prefix) && prefix.length <= subdomain.length && LABEL_NAME.test(key.slice(slash + 1))
}

const named = (on: Loaded): readonly Found[] => {
  const form = formOf(on)
  const name = String(on.manifest.metadata.name).replace(/-$/, '')
  if (form.pattern.test(name) && name.length <= form.length) return []
  return [
    {
      on,
      path: 'metadata.name',
      says:
        on.ref.name === ''
          ? `The API server will refuse this ${on.ref.kind}: it has no name.`
          : `The API server will refuse this ${on.ref.kind}: ${JSON.stringify(on.ref.name)} is no name for it.`,
      fix: `Give it a name of ${form.what}.`,
    },
  ]
}

const keyFault = (on: Loaded, field: string, key: string): Found => ({
  on,
  path: `metadata.${field}.${key}`,
  says: `The API server will refuse this ${on.ref.kind}: ${JSON.stringify(key)} is no key for ${field}.`,
  fix: 'Use at most 63 letters, digits, hyphens, underscores and dots, if need be after a domain name and a slash.',
})

const labelled = (on: Loaded): readonly Found[] => {
  const { labels, annotations } = on.manifest.metadata
  const values = Object.entries((labels ?? {}) as Readonly<Record<string, Json>>)
  return [
    ...values.filter(([key]) => !isKey(key)).map(([key]) => keyFault(on, 'labels', key)),
    ...Object.keys(annotations ?? {})
      .filter((key) => !isKey(key))
      .map((key) => keyFault(on, 'annotations', key)),
    ...values
      .filter(([, value]) => typeof value === 'string' && !LABEL_VALUE.test(value))
      .map(([key, value]) => ({
        on,
        path: `metadata.labels.${key}`,
        says: `The API server will refuse this ${on.ref.kind}: ${JSON.stringify(value)} is no value for a label.`,
        fix: 'Use at most 63 letters, digits, hyphens, underscores and dots; longer text belongs to an annotation.',
      })),
  ]
}

const PORT_NAME = /^(?=.*[a-z])[a-z0-9](?:-?[a-z0-9])*$/

type Port = { readonly name?: Json }
type Container = { readonly ports?: readonly Port[] | null }

/** Names of container ports are IANA service names, shorter than those of Services. */
const ports = (world: {
  readonly pods: readonly {
    readonly owner: Loaded
    readonly path: string
    readonly spec: object
    readonly modelled: boolean
  }[]
}): readonly Found[] =>
  world.pods
    .filter(({ modelled }) => !modelled)
    .flatMap(({ owner, path, spec }) => {
      const containers = ((spec as { containers?: Json }).containers ?? []) as unknown as readonly Container[]
      return containers.flatMap((container, index) =>
        (Array.isArray(container?.ports) ? (container.ports as readonly Port[]) : []).flatMap(({ name }, number) =>
          typeof name !== 'string' || (PORT_NAME.test(name) && name.length <= 15)
            ? []
            : [
                {
                  on: owner,
                  path: `${path === '' ? '' : `${path}.`}spec.containers[${index}].ports[${number}].name`,
                  says: `The API server will refuse the pods of this ${owner.ref.kind}: ${JSON.stringify(name)} is no name for a port.`,
                  fix: 'Use at most 15 lower-case letters, digits and single hyphens, with at least one letter.',
                },
              ],
        ),
      )
    })

/** Names, labels and ports that the API server takes for malformed. */
export const nameInvalid: Rule = {
  id: 'name-invalid',
  severity: 'error',
  about: 'Every name, label key, label value and port name has the form that the API server asks for.',
  check: (world) => [...world.objects.flatMap((on) => [...named(on), ...labelled(on)]), ...ports(world)],
}
