import { Fault } from '@knowton/core'
import { parseReference } from './reference.ts'
import { type RegistryAccess, resolveDigest } from './resolve-digest.ts'

/** Digests by `repository:tag`. */
export type Lock = Readonly<Record<string, string>>

/** What became of one image. */
export type Pinned = {
  readonly image: string
  readonly outcome: 'same' | 'new' | 'moved' | 'failed'
  readonly says: string
}

/**
 * Asks the registries for the digests of `images` (`repository:tag`), all at once. The lock that comes back holds what
 * was answered and, for an image whose registry gave no answer, what it held before; images that are not asked for leave it.
 */
export const pin = async (
  images: readonly string[],
  lock: Lock,
  accessOf: (registry: string) => RegistryAccess,
): Promise<{ readonly lock: Lock; readonly pinned: readonly Pinned[] }> => {
  const answers = await Promise.all([...images].sort().map((image) => answerFor(image, lock[image], accessOf)))
  return {
    lock: Object.fromEntries(answers.flatMap(({ image, digest }) => (digest === undefined ? [] : [[image, digest]]))),
    pinned: answers.map(({ image, outcome, says }) => ({ image, outcome, says })),
  }
}

const answerFor = async (
  image: string,
  before: string | undefined,
  accessOf: (registry: string) => RegistryAccess,
): Promise<Pinned & { readonly digest: string | undefined }> => {
  try {
    const tag = parseReference(image)
    const digest = await resolveDigest(tag, accessOf(tag.registry))
    if (digest === before) return { image, digest, outcome: 'same', says: digest }
    if (before === undefined) return { image, digest, outcome: 'new', says: digest }
    return { image, digest, outcome: 'moved', says: `${digest}; the tag pointed to ${before} before` }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const kept = before === undefined ? 'It stays without a digest.' : 'Its digest stays as it was.'
    return { image, digest: before, outcome: 'failed', says: `${error.message} ${kept}` }
  }
}
