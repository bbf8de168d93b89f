import { type HostUse, hostUsesOf } from '../../model/hosts.ts'
import { servicesOf } from '../../model/services.ts'
import type { Found, Rule, World } from '../../types.ts'
import { titleOf } from './reference.ts'

/** A host name of the cluster that no Service answers to. */
export const serviceMissing: Rule = {
  id: 'service-missing',
  severity: 'error',
  about: 'Every host name of the cluster that is called is that of a Service.',
  check: (world) =>
    once(hostUsesOf(world)).flatMap((use): readonly Found[] => {
      const { namespace, service } = use.target
      if (world.exists('Service', namespace, service)) return []
      const elsewhere = servicesOf(world).all.find(({ name }) => name === service)
      return [
        {
          on: use.on,
          path: use.path,
          says: `${titleOf(use.on)} names the host "${use.host}", and there is no Service "${service}" in namespace ${namespace}: the name does not resolve${
            elsewhere === undefined ? '' : `; one of that name is in ${elsewhere.namespace}`
          }.`,
          fix:
            elsewhere === undefined
              ? 'Name a Service that these files or their operators make, or list it as external.'
              : `Write ${service}.${elsewhere.namespace}.svc: a short name is looked up in the namespace of the pod.`,
        },
      ]
    }),
}

/** A port is called that its Service, or behind a headless one its pods, do not have. */
export const servicePortMissing: Rule = {
  id: 'service-port-missing',
  severity: 'error',
  about: 'Every port that is called is one that its Service has.',
  check: (world) => once(hostUsesOf(world)).flatMap((use) => portFault(world, use)),
}

const portFault = (world: World, use: HostUse): readonly Found[] => {
  const { port, target } = use
  const service = servicesOf(world).find(target.namespace, target.service)
  if (port === undefined || service === undefined || service.selector === undefined) return []
  const open = service.isHeadless
    ? service.pods.flatMap((group) => group.ports.map((one) => one.port))
    : service.ports.map((one) => one.port)
  if (open.includes(port) || open.length === 0) return []
  return [
    {
      on: use.on,
      path: use.path,
      says: `${titleOf(use.on)} names "${use.host}" with port ${port}, and ${
        service.isHeadless ? 'the pods behind it listen on' : `Service "${service.name}" has`
      } ${[...new Set(open)].sort((a, b) => a - b).join(', ')} only: the connection fails.`,
      fix: 'Name a port that is there, or open this one.',
    },
  ]
}

/** The same host written twice in one place is one fault. */
const once = (uses: readonly HostUse[]): readonly HostUse[] => {
  const seen = new Set<string>()
  return uses.filter(({ on, path, host, port }) => {
    const key = `${on.source.file}:${on.source.line} ${path} ${host}:${port}`
    const isFirst = !seen.has(key)
    seen.add(key)
    return isFirst
  })
}
