import type { Rule } from '../../types.ts'
import { imagesOf } from './images-of.ts'

/** The grammar of distribution/reference: lower-case path, tag of at most 128 characters, digest of 64 hex digits. */
const grammar =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/

/** Image names that no registry and no node takes. */
export const imageNameInvalid: Rule = {
  id: 'image-name-invalid',
  severity: 'error',
  about: 'Every image name is lower-case and well formed.',
  check: (world) =>
    imagesOf(world)
      .filter(({ text }) => !grammar.test(text))
      .map(({ object, path, text }) => ({
        on: object,
        path,
        says: `The pods stay at InvalidImageName: "${text}" is no image name${/[A-Z]/.test(text) ? ', because it has capitals' : ''}.`,
        fix: 'Write registry/repository:tag in lower case.',
      })),
}
