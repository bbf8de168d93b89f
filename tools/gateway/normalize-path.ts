/** A request target split at its query, the path in the one form that routes are matched on and services get. */
export type Target = { readonly path: string; readonly query: string }

/**
 * Brings a request target into normal form as Kong does (RFC 3986 § 6.2): unreserved characters are not escaped,
 * escapes are upper case, no dot segments, no empty segments. So a path cannot mean one thing to the gateway and another
 * to the service. Undefined when it is no path or has a broken escape.
 */
export const normalizePath = (requestTarget: string): Target | undefined => {
  const target = requestTarget.startsWith('/') ? requestTarget : pathOfAbsolute(requestTarget)
  if (target === undefined) return undefined
  const at = target.indexOf('?')
  const path = at === -1 ? target : target.slice(0, at)
  const query = at === -1 ? '' : target.slice(at)
  if (!UNUSUAL.test(path)) return { path, query }
  if (BROKEN_ESCAPE.test(path)) return undefined
  return { path: withoutDots(path.replaceAll(/%[0-9a-f]{2}/gi, decodeUnreserved)), query }
}

const UNUSUAL = /[%\\#]|\/\/|\/\./
const BROKEN_ESCAPE = /%(?![0-9a-f]{2})|[\\#]/i

/** `GET http://host/path`, which RFC 9112 § 3.2.2 has every server take. */
const pathOfAbsolute = (target: string): string | undefined => /^https?:\/\/[^/?#]*(\/.*)$/i.exec(target)?.[1]

const decodeUnreserved = (triplet: string): string => {
  const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16))
  return /[A-Za-z0-9._~-]/.test(character) ? character : triplet.toUpperCase()
}

const withoutDots = (path: string): string => {
  const kept: string[] = []
  const segments = path.split('/').slice(1)
  for (const [at, segment] of segments.entries()) {
    const isLast = at === segments.length - 1
    if (segment === '..') kept.pop()
    else if (segment !== '.' && segment !== '') kept.push(segment)
    if (isLast && (segment === '..' || segment === '.' || segment === '')) kept.push('')
  }
  return `/${kept.join('/')}`
}
