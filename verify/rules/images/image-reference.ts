/** The parts of an image reference. */
export type ImageReference = {
  /** `docker.io/library/kong`: with the registry and folder that an engine adds. */
  readonly repository: string
  readonly tag: string | undefined
  readonly digest: string | undefined
}

const hasRegistry = (first: string): boolean => first.includes('.') || first.includes(':') || first === 'localhost'

const fullRepository = (name: string): string => {
  const parts = name.split('/')
  if (parts.length === 1) return `docker.io/library/${name}`
  return hasRegistry(parts[0] ?? '') ? name.replace(/^index\.docker\.io\//, 'docker.io/') : `docker.io/${name}`
}

/** Takes an image reference apart as container engines do: the last colon after the last slash starts the tag. */
export const parseImage = (text: string): ImageReference => {
  const [name = '', digest] = text.split('@', 2)
  const colon = name.lastIndexOf(':')
  const hasTag = colon > name.lastIndexOf('/')
  return {
    repository: fullRepository(hasTag ? name.slice(0, colon) : name),
    tag: hasTag ? name.slice(colon + 1) : undefined,
    digest,
  }
}
