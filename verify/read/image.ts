/** The parts of an image reference: `repository` with its registry, `tag` and `digest` where they are written. */
export type ImageParts = {
  readonly repository: string
  readonly tag: string | undefined
  readonly digest: string | undefined
}

/** Takes an image reference apart; a colon before the last slash is a registry's port. */
export const imageParts = (reference: string): ImageParts => {
  const [named = '', digest] = reference.split('@', 2)
  const colon = named.lastIndexOf(':')
  if (colon <= named.lastIndexOf('/')) return { repository: named, tag: undefined, digest }
  return { repository: named.slice(0, colon), tag: named.slice(colon + 1), digest }
}

/** The name an image has on its maker's shelf: `kong` of `docker.io/library/kong:3.9`. */
export const shortImageName = (reference: string): string => imageParts(reference).repository.split('/').at(-1) ?? ''
