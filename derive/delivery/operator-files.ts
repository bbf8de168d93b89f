import { toYaml } from '../kubernetes/parts/yaml.ts'
import { type Operator, operatorsOf } from './operator.ts'

const FOLDER = 'k8s/operators'

/** The pages and values by which operators are installed by hand, text by path; Argo CD installs the same. */
export const operatorFiles = (
  operators: readonly Operator[],
  kubernetesVersion: string,
): Readonly<Record<string, string>> => {
  const all = operatorsOf(operators, 'kind').concat(
    operators.filter(({ clouds }) => clouds && !clouds.includes('kind')),
  )
  return {
    [`${FOLDER}/namespaces.yaml`]: toYaml(namespaces(all, kubernetesVersion)),
    ...Object.fromEntries(
      all
        .filter((operator) => isChart(operator) && operator.values !== undefined)
        .map((operator) => [`${FOLDER}/${operator.name}.values.yaml`, toYaml([operator.values])]),
    ),
    ...Object.fromEntries(
      all.flatMap((operator) =>
        kustomization(operator).map((object) => [`${FOLDER}/${operator.name}/kustomization.yaml`, toYaml([object])]),
      ),
    ),
    [`${FOLDER}/README.md`]: readme(all, kubernetesVersion),
  }
}

const isChart = ({ source }: Operator): boolean => source.kind === 'chart' || source.holds === 'chart'

/** The weakest Pod Security that any of the operators in a namespace needs. */
const namespaces = (operators: readonly Operator[], kubernetesVersion: string) => {
  const levels = ['restricted', 'baseline', 'privileged'] as const
  return [...Map.groupBy(operators, ({ namespace }) => namespace)]
    .filter(([namespace]) => namespace !== 'default')
    .map(([name, members]) => {
      const level = levels.findLast((each) => members.some(({ podSecurity }) => podSecurity === each)) ?? 'restricted'
      return {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name,
          labels: Object.fromEntries(
            ['enforce', 'audit', 'warn'].flatMap((mode) => [
              [`pod-security.kubernetes.io/${mode}`, level],
              [`pod-security.kubernetes.io/${mode}-version`, `v${kubernetesVersion}`],
            ]),
          ),
        },
      }
    })
}

const readme = (operators: readonly Operator[], kubernetesVersion: string): string =>
  [
    '<!-- Rendered by `npm run render` from infra/operators.ts. -->',
    '# What must be installed first',
    '',
    `For Kubernetes ${kubernetesVersion}, in this order. Argo CD does the same by itself (\`argocd/<environment>\`).`,
    '',
    '| | what | version | namespace | Kubernetes | only on | Pod Security |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...operators.map(row),
    '',
    '```sh',
    'kubectl apply --server-side -f k8s/operators/namespaces.yaml',
    ...operators.map(command),
    '```',
    '',
  ].join('\n')

const row = (operator: Operator, index: number): string =>
  [
    '',
    index + 1,
    `${operator.name}: ${operator.summary}`,
    operator.version,
    operator.namespace,
    operator.kubernetes === undefined ? '' : `${operator.kubernetes.from}–${operator.kubernetes.to}`,
    operator.clouds?.join(', ') ?? '',
    operator.podSecurity,
    '',
  ]
    .join(' | ')
    .trim()

const command = (operator: Operator): string => {
  const { name, namespace, source } = operator
  const values = operator.values === undefined ? '' : ` -f k8s/operators/${name}.values.yaml`
  if (source.kind === 'chart')
    return `helm upgrade --install ${name} ${source.chart} --repo ${source.repository} --version ${source.version} -n ${namespace}${values}`
  const [path, tag] = [source.path, source.revision]
  const clone = `git clone --depth 1 --branch ${tag} ${source.repository} /tmp/${name}`
  const folder = path === '.' ? `/tmp/${name}` : `/tmp/${name}/${path}`
  if (source.holds === 'chart') {
    return `${clone} && helm upgrade --install ${name} ${folder} --skip-crds -n ${namespace}${values}`
  }
  if (source.holds === 'kustomization') return `kubectl apply --server-side -k ${FOLDER}/${name}`
  const files = source.include === undefined ? `-f ${folder}` : `$(printf -- '-f %s ' ${folder}/${source.include})`
  return `${clone} && kubectl apply --server-side ${files}`
}

/** A kustomization that brings the objects of an operator into its own namespace. */
const kustomization = ({ namespace, source }: Operator) =>
  source.kind === 'git' && source.holds === 'kustomization'
    ? [
        {
          apiVersion: 'kustomize.config.k8s.io/v1beta1',
          kind: 'Kustomization',
          ...(namespace === 'default' ? {} : { namespace }),
          resources: [`${source.repository}//${source.path === '.' ? '' : source.path}?ref=${source.revision}`],
        },
      ]
    : []
