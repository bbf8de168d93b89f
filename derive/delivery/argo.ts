import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../kubernetes/cluster-environment.ts'
import { components } from '../kubernetes/components.ts'
import { type Group, groups, type Manifest } from '../kubernetes/manifest.ts'
import { argoSource } from './argo-source.ts'
import { type Operator, operatorsOf } from './operator.ts'

/** The repository that Argo CD reads, and what of it. */
export type DeliverySettings = {
  readonly repository: string
  /** By environment: a branch that only reviewed changes reach. */
  readonly revisions: Readonly<Record<string, string>>
  readonly operators: readonly Operator[]
}

const ARGO_NAMESPACE = 'argocd'
const IN_CLUSTER = 'https://kubernetes.default.svc'
const STEP_LABEL = 'knowton.io/step'

/** What is applied in which order; a step begins when everything of the one before is healthy. */
const steps = ['crds', 'operators', ...groups] as const
type Step = (typeof steps)[number]

/** One Application of an environment. */
type Element = {
  readonly name: string
  readonly step: Step
  readonly project: string
  readonly namespace: string
  readonly source: Readonly<Record<string, unknown>>
}

/** The two AppProjects (what operators may do, what the platform may do) and the ApplicationSet of one environment. */
export const argoObjects = (
  platform: PlatformShape,
  environment: ClusterEnvironment,
  delivery: DeliverySettings,
): readonly Manifest[] => {
  const operators = operatorsOf(delivery.operators, environment.cloud.kind)
  const elements = [
    ...operators.map(
      (operator): Element => ({
        name: operator.name,
        step: operator.step,
        project: operatorProject(environment),
        namespace: operator.namespace,
        source: argoSource(operator),
      }),
    ),
    ...groups.map(
      (group): Element => ({
        name: group,
        step: group,
        project: platformProject(environment),
        namespace: namespaceOf(environment, group),
        source: {
          repoURL: delivery.repository,
          path: `k8s/overlays/${environment.name}/${group}`,
          targetRevision: delivery.revisions[environment.name] ?? environment.name,
        },
      }),
    ),
  ]
  return [
    project(
      environment,
      operatorProject(environment),
      'Operators: they bring kinds, roles and webhooks of the whole cluster.',
      {
        sourceRepos: operators.map(({ source }) => source.repository),
        namespaces: [...operators.map(({ namespace }) => namespace), 'kube-system'],
        clusterKinds: [{ group: '*', kind: '*' }],
        refusedKinds: [],
      },
    ),
    project(environment, platformProject(environment), `${platform.name}: what is rendered from its declaration.`, {
      sourceRepos: [delivery.repository],
      ...reach(components(platform, environment).flatMap(({ files }) => Object.values(files).flat())),
      // secrets come from the secret manager, never from a repository
      refusedKinds: [{ group: '', kind: 'Secret' }],
    }),
    applicationSet(environment, elements),
  ]
}

type Kind = { readonly group: string; readonly kind: string }
type Reach = {
  readonly sourceRepos: readonly string[]
  readonly namespaces: readonly string[]
  readonly clusterKinds: readonly Kind[]
  readonly refusedKinds: readonly Kind[]
}

/** The namespaces that `objects` lie in, and the kinds among them that belong to the whole cluster. */
const reach = (objects: readonly Manifest[]): Pick<Reach, 'namespaces' | 'clusterKinds'> => {
  const ofCluster = objects.filter(({ metadata }) => metadata.namespace === undefined)
  const kinds = new Map(ofCluster.map((object) => [`${groupOf(object)}/${object.kind}`, object]))
  return {
    namespaces: objects.flatMap(({ metadata }) => metadata.namespace ?? []),
    clusterKinds: [...kinds]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, object]) => ({ group: groupOf(object), kind: object.kind })),
  }
}

const groupOf = ({ apiVersion }: Manifest): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '')

const namespaceOf = ({ namespaces }: ClusterEnvironment, group: Group): string =>
  group === 'platform' ? namespaces.apps : namespaces[group]

const platformProject = (environment: ClusterEnvironment): string => `knowton-${environment.name}`
const operatorProject = (environment: ClusterEnvironment): string => `knowton-${environment.name}-operators`

const project = (environment: ClusterEnvironment, name: string, description: string, reaches: Reach): Manifest => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: { name, namespace: ARGO_NAMESPACE, labels: { 'knowton.io/environment': environment.name } },
  spec: {
    description,
    sourceRepos: [...new Set(reaches.sourceRepos)].sort(),
    destinations: [...new Set(reaches.namespaces)].sort().map((namespace) => ({ server: IN_CLUSTER, namespace })),
    clusterResourceWhitelist: reaches.clusterKinds,
    ...(reaches.refusedKinds.length === 0 ? {} : { namespaceResourceBlacklist: reaches.refusedKinds }),
  },
})

const applicationSet = (environment: ClusterEnvironment, elements: readonly Element[]): Manifest => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'ApplicationSet',
  metadata: { name: platformProject(environment), namespace: ARGO_NAMESPACE },
  spec: {
    goTemplate: true,
    goTemplateOptions: ['missingkey=error'],
    generators: [{ list: { elements } }],
    strategy: {
      type: 'RollingSync',
      deletionOrder: 'Reverse',
      rollingSync: {
        steps: steps
          .filter((step) => elements.some((element) => element.step === step))
          .map((step) => ({ matchExpressions: [{ key: STEP_LABEL, operator: 'In', values: [step] }] })),
      },
    },
    // an Application that leaves the list leaves its objects where they are
    syncPolicy: { preserveResourcesOnDeletion: true, applicationsSync: 'create-update' },
    template: template(environment),
    templatePatch: 'spec:\n  source: {{ toJson .source }}\n',
  },
})

const template = (environment: ClusterEnvironment) => ({
  metadata: {
    name: `knowton-${environment.name}-{{ .name }}`,
    labels: { [STEP_LABEL]: '{{ .step }}', 'app.kubernetes.io/part-of': 'knowton' },
  },
  spec: {
    project: '{{ .project }}',
    destination: { server: IN_CLUSTER, namespace: '{{ .namespace }}' },
    syncPolicy: {
      // the rolling sync takes over from it and keeps what it says of pruning
      automated: { prune: true, selfHeal: true, allowEmpty: false },
      syncOptions: [
        'ServerSideApply=true',
        'ApplyOutOfSyncOnly=true',
        'PruneLast=true',
        'SkipDryRunOnMissingResource=true',
        'RespectIgnoreDifferences=true',
      ],
      retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
    },
    // autoscalers own how many replicas run; the database's operator and webhooks fill in their own
    ignoreDifferences: [
      { group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] },
      { group: 'admissionregistration.k8s.io', kind: '*', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
    ],
    revisionHistoryLimit: 10,
  },
})
