import { Fault } from '@knowton/core'
import type { Release } from '@knowton/derive'

/** One build of one service. */
export type Build = { readonly service: string; readonly tag: string; readonly digest: string }

const BUILD = /^([a-z0-9-]+)=([\w][\w.-]{0,127})@(sha256:[0-9a-f]{64})$/

/** Parses `creator-service=sha-1f2e…@sha256:…`; throws `promote.build` for anything else and for unknown services. */
export const parseBuild = (text: string, services: readonly string[]): Build => {
  const [, service = '', tag = '', digest = ''] = BUILD.exec(text) ?? []
  if (digest === '')
    throw new Fault('promote.build', `"${text}" is not a build: write service=tag@sha256:<64 hexadecimal digits>.`)
  if (!services.includes(service))
    throw new Fault('promote.build', `"${service}" is not a service; there are ${services.join(', ')}.`)
  return { service, tag, digest }
}

/** The release in which `builds` run instead of what ran before; the other services stay as they are. */
export const withBuilds = (release: Release, builds: readonly Build[]): Release => ({
  ...release,
  services: Object.fromEntries(
    Object.entries({
      ...release.services,
      ...Object.fromEntries(builds.map(({ service, tag, digest }) => [service, { tag, digest }])),
    }).sort(([a], [b]) => (a < b ? -1 : 1)),
  ),
})

/** What `from` runs, as builds; throws `promote.unbuilt` when a service there has no digest to take along. */
export const buildsOf = (from: Release, services: readonly string[]): readonly Build[] =>
  services.map((service) => {
    const { tag, digest } = from.services[service] ?? {}
    if (tag === undefined || digest === undefined)
      throw new Fault(
        'promote.unbuilt',
        `${service} has no digest there; promote a build of it to that environment first.`,
      )
    return { service, tag, digest }
  })
