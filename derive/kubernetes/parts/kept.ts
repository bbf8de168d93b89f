/** Argo CD neither prunes nor deletes an object whose deletion would take data with it. */
export const kept = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } as const
