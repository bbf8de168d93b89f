import { mayBeSet } from '../../read/environment.ts'
import { servicesOf } from '../../read/services.ts'
import type { Found, Rule, World } from '../../types.ts'
import { objectsOf, scalarText } from '../../values.ts'
import { declarations, type Kong, kongs, pluginUses, setting } from './kongs.ts'

const isLocal = (listen: string): boolean =>
  listen
    .split(',')
    .map((part) => part.trim())
    .every(
      (part) => part === 'off' || part.startsWith('127.') || part.startsWith('[::1]') || part.startsWith('localhost'),
    )

/** Whoever reaches the admin API owns the gateway. */
export const kongAdminExposed: Rule = {
  id: 'kong-admin-exposed',
  severity: 'error',
  about: 'No admin API of Kong listens where others reach it.',
  check: (world) =>
    kongs(world).flatMap((kong) => {
      const listen = setting(kong, 'KONG_ADMIN_LISTEN')
      if (listen === undefined || isLocal(listen)) return []
      return [
        {
          on: kong.group.owner,
          path: kong.environment.variables.get('KONG_ADMIN_LISTEN')?.path ?? kong.path,
          says: `Every pod that reaches this one may read and change all routes and keys: the admin API listens on "${listen}" and asks for no password.`,
          fix: 'Set KONG_ADMIN_LISTEN to off, or to an address of the pod itself (127.0.0.1:8001).',
        },
      ]
    }),
}

/** A declared admin port that nothing listens on. */
export const kongAdminUnreachable: Rule = {
  id: 'kong-admin-unreachable',
  severity: 'warning',
  about: 'No port is declared for an admin API of Kong that listens only inside the pod.',
  check: (world) =>
    kongs(world).flatMap((kong) => {
      const listen = setting(kong, 'KONG_ADMIN_LISTEN') ?? '127.0.0.1:8001'
      if (!kong.environment.isComplete || !isLocal(listen)) return []
      return objectsOf(kong.container.ports).flatMap((port, index) =>
        ['8001', '8444'].includes(scalarText(port.containerPort) ?? '')
          ? [
              {
                on: kong.group.owner,
                path: `${kong.path}.ports[${index}]`,
                says: `Nobody is answered on port ${scalarText(port.containerPort)}: Kong's admin API listens on "${listen}", inside the pod only.`,
                fix: 'Remove the port; with a declarative configuration the admin API is not needed.',
              },
            ]
          : [],
      )
    }),
}

/** Probes and scrapes need the status listener, which is off or local unless it is set. */
export const kongStatusOff: Rule = {
  id: 'kong-status-off',
  severity: 'warning',
  about: 'Every Kong has its status listener on, which probes and Prometheus ask.',
  check: (world) =>
    kongs(world).flatMap((kong) => {
      if (setting(kong, 'KONG_STATUS_LISTEN') === undefined && mayBeSet(kong.environment, 'KONG_STATUS_LISTEN'))
        return []
      if (!isLocal(setting(kong, 'KONG_STATUS_LISTEN') ?? 'off')) return []
      return [
        {
          on: kong.group.owner,
          path: kong.environment.variables.get('KONG_STATUS_LISTEN')?.path ?? kong.path,
          says: 'Neither the kubelet nor Prometheus can ask this gateway how it does: the status API is off in Kong 3.4 and on 127.0.0.1 in 3.9 unless it is set.',
          fix: 'Set KONG_STATUS_LISTEN to 0.0.0.0:8100 and probe /status and /status/ready there.',
        },
      ]
    }),
}

/** Without the plugin the status API has no metrics. */
export const kongMetricsMissing: Rule = {
  id: 'kong-metrics-missing',
  severity: 'warning',
  about: 'Every Kong has the prometheus plugin, without which it counts nothing.',
  check: (world) =>
    declarations(world).flatMap(({ content, source, sourcePath }) =>
      pluginUses(content).some(({ name }) => name === 'prometheus')
        ? []
        : [
            {
              on: source,
              path: sourcePath,
              says: 'There will be no rates, errors or latencies of the gateway: the prometheus plugin is not declared.',
              fix: 'Declare the plugin prometheus at the top level.',
            },
          ],
    ),
}

/** Without a certificate of its own Kong makes one that no client trusts. */
export const kongCertificateDefault: Rule = {
  id: 'kong-certificate-default',
  severity: 'error',
  about: 'Every TLS port of Kong that a Service leads to has a certificate that Kong did not make itself.',
  check: (world) =>
    kongs(world).flatMap((kong) => {
      const hasOwn = mayBeSet(kong.environment, 'KONG_SSL_CERT') || certificatesOf(world, kong)
      return hasOwn ? [] : tlsPorts(world, kong)
    }),
}

const certificatesOf = (world: World, kong: Kong): boolean =>
  declarations(world).some(
    ({ content, source }) => source === kong.file?.source && objectsOf(content.certificates).length > 0,
  )

const tlsPorts = (world: World, kong: Kong): readonly Found[] =>
  servicesOf(world, kong.group).flatMap((service) =>
    service.ports
      .filter(({ target }) => target === 8443)
      .map(({ path, port }) => ({
        on: service.object,
        path,
        says: `Clients will refuse port ${port}: Kong answers there with a certificate that it signs itself, for localhost.`,
        fix: 'Set KONG_SSL_CERT and KONG_SSL_CERT_KEY to a mounted certificate of the public name.',
      })),
  )
