import type { Product } from './end-of-life.ts'

/** Major and minor number; the minor is undefined where only the major is given. */
type Version = { readonly major: number; readonly minor: number | undefined }

/** The version that a tag starts with: `v3.13.2`, `16.15-standard-trixie`, `23.8`; undefined for `latest-gpu`. */
export const versionOf = (tag: string): Version | undefined => {
  const match = /^v?(\d+)(?:\.(\d+))?(?=$|[.\-_+])/.exec(tag)
  if (match?.[1] === undefined) return undefined
  return { major: Number(match[1]), minor: match[2] === undefined ? undefined : Number(match[2]) }
}

const isBefore = (a: Version, b: Version): boolean =>
  a.major !== b.major ? a.major < b.major : (a.minor ?? Number.POSITIVE_INFINITY) < (b.minor ?? 0)

/**
 * The day on which a version of a product ended, if that is before `today`; undefined while it lives, or where nobody
 * says. A tag that names only the major version counts where the product is versioned so.
 */
export const endedOn = (product: Product, tag: string, today: Date): string | undefined => {
  const version = versionOf(tag)
  if (version === undefined) return undefined
  const { major, minor } = version
  const listed = product.ends[`${major}.${minor}`] ?? product.ends[`${major}`]
  if (listed === false) return undefined
  const known = Object.keys(product.ends)
    .map(versionOf)
    .filter((one) => one !== undefined)
  const isOlder = listed === undefined && known.every((one) => isBefore(version, one))
  const ended = listed ?? (isOlder ? product.olderEnded : undefined)
  return ended !== undefined && Date.parse(`${ended}T00:00:00Z`) < today.getTime() ? ended : undefined
}
