import type { Operator } from './operator.ts'

/** Where Argo CD takes an operator from. */
export const argoSource = ({ name, namespace, source, values }: Operator) => {
  const helm = {
    helm: {
      releaseName: name,
      ...(hasOwnCrdStep(source) ? { skipCrds: true } : {}),
      valuesObject: values ?? {},
    },
  }
  if (source.kind === 'chart')
    return { repoURL: source.repository, chart: source.chart, targetRevision: source.version, ...helm }
  return {
    repoURL: source.repository,
    path: source.path,
    targetRevision: source.revision,
    ...(source.holds === 'chart' ? helm : {}),
    ...(source.holds === 'kustomization' && namespace !== 'default' ? { kustomize: { namespace } } : {}),
    ...(source.include === undefined ? {} : { directory: { include: source.include } }),
  }
}

/** Charts in a repository keep their kinds in `crds/`; those are installed by a step of their own. */
const hasOwnCrdStep = (source: Operator['source']): boolean => source.kind === 'git' && source.holds === 'chart'
