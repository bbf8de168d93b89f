/**
 * The path of a declared route as a Kong regex: anchored at both ends, one segment for each parameter.
 * `/content/:workId/mint` → `~/content/[^/]+/mint$` (Kong anchors the beginning itself).
 */
export const routePattern = (path: string): string =>
  `~${segmentsOf(path)
    .map((segment) => `/${isParameter(segment) ? '[^/]+' : escapeRegex(segment)}`)
    .join('')}$`

/**
 * Orders patterns that match the same path: of two, the one that is literal further to the left wins
 * (`/creators/me` before `/creators/:account`), as it does in the services' own router.
 */
export const routePriority = (path: string): number => {
  const segments = segmentsOf(path)
  return segments.reduce((sum, segment, at) => (isParameter(segment) ? sum : sum + 2 ** (MAX_SEGMENTS - 1 - at)), 0)
}

/** Longer paths than this are refused by `faults`. */
export const MAX_SEGMENTS = 16

/** The names of the parameters in `path`, in order. */
export const parametersOf = (path: string): readonly string[] =>
  segmentsOf(path)
    .filter(isParameter)
    .map((segment) => segment.slice(1))

/** The parts of `path` between slashes. */
export const segmentsOf = (path: string): readonly string[] => path.split('/').slice(1)

/** True when some request path fits both declared paths. */
export const overlaps = (one: string, other: string): boolean => {
  const [left, right] = [segmentsOf(one), segmentsOf(other)]
  return (
    left.length === right.length &&
    left.every((segment, at) => segment === right[at] || isParameter(segment) || isParameter(right[at] ?? ''))
  )
}

const isParameter = (segment: string): boolean => segment.startsWith(':')
const escapeRegex = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
