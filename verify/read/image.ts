import { parseImage } from '../rules/images/image-reference.ts'

/** The name an image has on its maker's shelf: `kong` of `docker.io/library/kong:3.9`. */
export const shortImageName = (reference: string): string => parseImage(reference).repository.split('/').at(-1) ?? ''
