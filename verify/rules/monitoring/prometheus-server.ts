import type { Rule } from '../../types.ts'
import { isObject, objectOf, textAt } from '../../values.ts'
import { prometheuses } from './prometheuses.ts'

const openers: Readonly<Record<string, string>> = {
  'web.enable-lifecycle': 'stop Prometheus with one request (/-/quit)',
  'web.enable-admin-api': 'delete what was measured (/api/v1/admin/tsdb)',
}

/** Requests that stop or empty Prometheus, and that anybody may send. */
export const prometheusAdminExposed: Rule = {
  id: 'prometheus-admin-exposed',
  severity: 'error',
  about: 'No client can stop Prometheus or delete what it measured.',
  check: (world) => [
    ...prometheuses(world).flatMap(({ group, path, flags }) =>
      Object.entries(openers)
        .filter(([flag]) => flags.has(flag) && !flags.has('web.config.file'))
        .map(([flag, what]) => ({
          on: group.owner,
          path: `${path}.args`,
          says: `Every pod that reaches port 9090 may ${what}: --${flag} asks for no password.`,
          fix: `Remove --${flag}; a sidecar or a restart reads a new configuration as well.`,
        })),
    ),
    ...world
      .ofKind('Prometheus', 'monitoring.coreos.com')
      .filter(({ manifest }) => objectOf(manifest.spec).enableAdminAPI === true)
      .map((on) => ({
        on,
        path: 'spec.enableAdminAPI',
        says: `Every pod that reaches port 9090 may ${openers['web.enable-admin-api']}.`,
        fix: 'Remove enableAdminAPI.',
      })),
  ],
}

/** A time without a size fills the volume first. */
export const prometheusRetentionSizeMissing: Rule = {
  id: 'prometheus-retention-size-missing',
  severity: 'warning',
  about: 'Every Prometheus bounds what it keeps by size, not by time only.',
  check: (world) => {
    const says = 'A day of many samples fills the volume, and Prometheus stops: what it keeps is bounded by time only.'
    const fix = 'Bound the size too (storage.tsdb.retention.size, retentionSize) at four fifths of the volume.'
    return [
      ...prometheuses(world)
        .filter(({ flags }) => !flags.has('storage.tsdb.retention.size') && !flags.has('agent'))
        .map(({ group, path }) => ({ on: group.owner, path: `${path}.args`, says, fix })),
      ...world
        .ofKind('Prometheus', 'monitoring.coreos.com')
        .filter(({ manifest }) => textAt(manifest, 'spec.retentionSize') === undefined)
        .map((on) => ({ on, path: 'spec.retentionSize', says, fix })),
    ]
  },
}

/** Without storage the operator gives the pods an emptyDir. */
export const prometheusStorageMissing: Rule = {
  id: 'prometheus-storage-missing',
  severity: 'error',
  about: 'Every Prometheus keeps what it measured on a volume.',
  check: (world) =>
    ['Prometheus', 'Alertmanager'].flatMap((kind) =>
      world
        .ofKind(kind, 'monitoring.coreos.com')
        .filter(({ manifest }) => !isObject(objectOf(manifest.spec).storage))
        .map((on) => ({
          on,
          path: 'spec.storage',
          says: `What ${kind} keeps is gone whenever its pod moves: without storage the operator uses an emptyDir.`,
          fix: 'Set spec.storage.volumeClaimTemplate.',
          ...(kind === 'Alertmanager' && { severity: 'note' as const }),
        })),
    ),
}
