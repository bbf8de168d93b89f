import { readFileSync } from 'node:fs'
import type { ImageName } from '@knowton/derive'
import { type ImageVersion, images } from './versions.ts'

/** Digests by `repository:tag`, as `npm run pin` found them in the registries. */
export const lock: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('images.lock', import.meta.url), 'utf8'),
)

const reference = ({ repository, tag }: ImageVersion): string => {
  const digest = lock[`${repository}:${tag}`]
  return digest === undefined ? `${repository}:${tag}` : `${repository}:${tag}@${digest}`
}

/** What manifests name: with the digest where the lock has one. */
export const imageReferences = Object.fromEntries(
  Object.entries(images).map(([name, image]) => [name, reference(image)]),
) as Readonly<Record<ImageName, string>>
