import { annotationsOf } from '../../pod-template.ts'
import type { Found, Loaded, Rule, World } from '../../types.ts'
import { isObject, objectOf, objectsAt, objectsOf, textOf, textsOf } from '../../values.ts'
import { discovers, type Prometheus, prometheuses } from './prometheuses.ts'

const withFile = (world: World) =>
  prometheuses(world).flatMap((prometheus) =>
    prometheus.file === undefined ? [] : [{ ...prometheus, file: prometheus.file }],
  )

/** Nobody may list pods unless a role lets them. */
export const prometheusRightsMissing: Rule = {
  id: 'prometheus-rights-missing',
  severity: 'error',
  about: 'Every Prometheus that asks Kubernetes for its targets has the right to.',
  check: (world) => {
    const bindings = [...world.ofKind('ClusterRoleBinding'), ...world.ofKind('RoleBinding')]
    return prometheuses(world)
      .filter(({ jobs, group }) => jobs.some(discovers) && !bindings.some((binding) => binds(binding, group)))
      .map(({ group }) => ({
        on: group.owner,
        path: `${group.path}.spec.serviceAccountName`,
        says: `Prometheus will find no pod: the API answers "forbidden" because no binding gives the ServiceAccount ${group.serviceAccount} a role.`,
        fix: 'Bind it to a role that may get, list and watch pods, services, endpointslices and nodes.',
      }))
  },
}

const binds = (binding: Loaded, group: Prometheus['group']): boolean =>
  objectsOf(binding.manifest.subjects).some(
    ({ kind, name, namespace = binding.ref.namespace }) =>
      (kind === 'ServiceAccount' && name === group.serviceAccount && namespace === group.namespace) ||
      (kind === 'Group' && String(name).startsWith('system:serviceaccounts')),
  )

/** Targets that are found by an annotation which no pod has. */
export const prometheusAnnotationUnused: Rule = {
  id: 'prometheus-annotation-unused',
  severity: 'error',
  about: 'Every annotation that Prometheus keeps pods by is on some pod.',
  check: (world) =>
    withFile(world).flatMap(({ jobs, file }) =>
      jobs.flatMap((job) => {
        const wanted = objectsOf(job.relabel_configs).find(
          ({ action, source_labels }) => action === 'keep' && textsOf(source_labels).includes(SCRAPE_LABEL),
        )
        const isUsed = world.pods.some((group) => annotationsOf(group)[SCRAPE_ANNOTATION] !== undefined)
        if (!discovers(job) || wanted === undefined || isUsed) return []
        return [
          {
            on: file.source,
            path: file.sourcePath,
            says: `The job ${textOf(job.job_name)} will scrape nothing: it keeps only pods with the annotation ${SCRAPE_ANNOTATION}, and no pod here has it.`,
            fix: 'Annotate the pods, or use PodMonitors.',
          },
        ]
      }),
    ),
}

const SCRAPE_ANNOTATION = 'prometheus.io/scrape'
const SCRAPE_LABEL = '__meta_kubernetes_pod_annotation_prometheus_io_scrape'

/** Samples whose pod nobody can tell. */
export const prometheusLabelsMissing: Rule = {
  id: 'prometheus-labels-missing',
  severity: 'warning',
  about: 'Every sample of a discovered pod says of which pod and namespace it is.',
  check: (world) =>
    withFile(world).flatMap(({ jobs, file }) =>
      jobs
        .filter((job) => {
          const relabels = objectsOf(job.relabel_configs)
          const isMapped = relabels.some(({ target_label, action }) => {
            return action === 'labelmap' || ['namespace', 'pod', 'service', 'app'].includes(String(target_label))
          })
          return discovers(job) && !isMapped
        })
        .map((job) => ({
          on: file.source,
          path: file.sourcePath,
          says: `Samples of the job ${textOf(job.job_name)} tell pods apart by their address only: neither namespace nor pod is made a label.`,
          fix: 'Map __meta_kubernetes_namespace and __meta_kubernetes_pod_name to labels.',
        })),
    ),
}

/** Nodes and workloads are seen only through their own exporters. */
const clusterSources = [
  { name: 'the kubelet (containers)', sign: /kubelet|cadvisor/i },
  { name: 'kube-state-metrics (workloads)', sign: /kube-state-metrics/i },
  { name: 'node-exporter (nodes)', sign: /node-?exporter/i },
] as const

/** A cluster that is watched without its nodes. */
export const prometheusClusterUnseen: Rule = {
  id: 'prometheus-cluster-unseen',
  severity: 'warning',
  about: 'Every Prometheus scrapes the kubelet, kube-state-metrics and the nodes.',
  check: (world) =>
    withFile(world).flatMap(({ config, file }) => {
      const written = JSON.stringify(config)
      const unseen = clusterSources.filter(({ sign }) => !sign.test(written)).map(({ name }) => name)
      if (unseen.length === 0) return []
      return [
        {
          on: file.source,
          path: file.sourcePath,
          says: `Nobody will see pods that are killed for memory, wait or restart, or nodes that are full: there is no job for ${unseen.join(', ')}.`,
          fix: 'Add those jobs.',
        },
      ]
    }),
}

/** A monitoring without a rule tells nobody anything. */
export const prometheusRulesMissing: Rule = {
  id: 'prometheus-rules-missing',
  severity: 'warning',
  about: 'Every Prometheus has alert rules.',
  check: (world) => [
    ...withFile(world)
      .filter(({ config }) => textsOf(config.rule_files).length === 0)
      .map(({ file }) => ruleless(file.source, file.sourcePath)),
    ...world
      .ofKind('Prometheus', 'monitoring.coreos.com')
      .filter(({ manifest }) => !isObject(objectOf(manifest.spec).ruleSelector) || !hasRules(world))
      .map((object) => ruleless(object, 'spec.ruleSelector')),
  ],
}

const hasRules = (world: World): boolean => world.ofKind('PrometheusRule', 'monitoring.coreos.com').length > 0

const ruleless = (on: Loaded, path: string): Found => ({
  on,
  path,
  says: 'Nobody is told when something fails: Prometheus has no rules to judge what it measures.',
  fix: 'Give it alert rules (rule_files, or ruleSelector and PrometheusRules).',
})

/** Alerts that go nowhere. */
export const prometheusAlertmanagerMissing: Rule = {
  id: 'prometheus-alertmanager-missing',
  severity: 'warning',
  about: 'Every Prometheus sends its alerts to an Alertmanager.',
  check: (world) => {
    const says = 'An alert that fires is seen only by those who look: Prometheus sends it to no Alertmanager.'
    const fix = 'Run an Alertmanager and name it under alerting.'
    return [
      ...withFile(world)
        .filter(({ config }) => objectsAt(config, 'alerting.alertmanagers').length === 0)
        .map(({ file }) => ({ on: file.source, path: file.sourcePath, says, fix })),
      ...world
        .ofKind('Prometheus', 'monitoring.coreos.com')
        .filter(({ manifest }) => !isObject(objectOf(manifest.spec).alerting))
        .map((on) => ({ on, path: 'spec.alerting', says, fix })),
    ]
  },
}
