import { Fault } from '@knowton/core'

/** A tag of an image in a registry. */
export type ImageTag = { readonly registry: string; readonly repository: string; readonly tag: string }

/** Docker Hub answers the distribution API under another name than the one images carry. */
const HUB = { name: 'docker.io', host: 'registry-1.docker.io' }

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*'
const REFERENCE = new RegExp(
  `^(?:([^/]+[.:][^/]*|localhost)/)?(${COMPONENT}(?:/${COMPONENT})*):([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$`,
)

/**
 * Parses `host/path:tag`; without a host it is Docker Hub's, and there a bare name lies under `library/`.
 * Throws `pin.reference` for anything else, digests included.
 */
export const parseReference = (reference: string): ImageTag => {
  const match = REFERENCE.exec(reference)
  if (match === null)
    throw new Fault('pin.reference', `"${reference}" is not an image with a tag, like ghcr.io/owner/name:1.2.3.`)
  const [, host = HUB.name, path = '', tag = ''] = match
  if (host !== HUB.name) return { registry: host, repository: path, tag }
  return { registry: HUB.host, repository: path.includes('/') ? path : `library/${path}`, tag }
}
