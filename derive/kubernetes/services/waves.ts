/**
 * The order in which Argo CD applies the objects of a service: first what its pods read, then the migration, which has
 * to end well, then the pods. `kubectl apply` knows no order and needs none: a process migrates its database at start.
 */
const waves = { migrate: '1', run: '2' } as const

/** The annotation that puts an object into one of the later waves; without it, it is in the first. */
export const wave = (name: keyof typeof waves) => ({ 'argocd.argoproj.io/sync-wave': waves[name] })
