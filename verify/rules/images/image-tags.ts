import type { Found, Rule } from '../../types.ts'
import { type ImageUse, imagesOf } from './images-of.ts'

const moves = (tag: string): boolean => /(^|[-.])latest($|[-.])/.test(tag)

/** Each image of an object once. */
const once = (uses: readonly ImageUse[]): readonly ImageUse[] => {
  const seen = new Map<object, Set<string>>()
  return uses.filter(({ object, text }) => {
    const texts = seen.get(object) ?? new Set()
    seen.set(object, texts)
    return !texts.has(text) && texts.add(text)
  })
}

const rule = (
  words: Pick<Rule, 'id' | 'about'>,
  isFault: (use: ImageUse) => boolean,
  say: (use: ImageUse) => Pick<Found, 'says' | 'fix'>,
): Rule => ({
  ...words,
  severity: 'warning',
  check: (world) =>
    once(imagesOf(world).filter(isFault)).map((use) => ({ on: use.object, path: use.path, ...say(use) })),
})

/** Images that are whatever was built last. */
export const imageLatest = rule(
  { id: 'image-latest', about: 'No image is taken by a tag that always means the newest.' },
  ({ reference: { tag, digest } }) => digest === undefined && tag !== undefined && moves(tag),
  ({ text }) => ({
    says: `Each node runs what "${text}" was when it pulled it: two pods may differ, and nobody can go back.`,
    fix: 'Name a version and its digest.',
  }),
)

/** Images without a version. */
export const imageUntagged = rule(
  { id: 'image-untagged', about: 'Every image names a version.' },
  ({ reference: { tag, digest } }) => digest === undefined && tag === undefined,
  ({ text }) => ({
    says: `"${text}" means its tag "latest": each node runs what that was when it pulled it.`,
    fix: 'Name a version and its digest.',
  }),
)

/** Images whose tag may be given to another content. */
export const imageNotPinned = rule(
  { id: 'image-not-pinned', about: 'Every image is pinned by its digest.' },
  ({ reference: { tag, digest } }) => digest === undefined && tag !== undefined && !moves(tag),
  ({ text }) => ({
    says: `Whoever may push to the registry can change what "${text}" runs.`,
    fix: 'Add the digest (@sha256:…) that the registry answers for the tag.',
  }),
)
