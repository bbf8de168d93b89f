import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Alert, alert, oneOf, type RuleGroup } from '../../monitoring/rules/rule.ts'
import { rises, stays } from '../../monitoring/rules/series.ts'

/** What goes wrong with pods, whatever runs in them. */
export const workloadRules = ({ namespaces }: ClusterEnvironment): readonly RuleGroup[] => {
  const all = Object.values(namespaces)
  const ours = `namespace=~"${oneOf(all)}"`
  const tested = `namespace="${namespaces.apps}"`
  const rules = [crashing, restarting, killed, pending, unavailable, shortOfReplicas, atMaximum, jobFailed, throttled]
  return [{ name: 'workloads', rules: rules.map((rule) => rule(ours, tested, namespaces.apps)) }]
}

type Of = (ours: string, tested: string, namespace: string) => Alert

const crashing: Of = (ours, tested, namespace) =>
  alert('ContainerCrashes', {
    expr: `max by (namespace, pod, container) (max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff",${ours}}[5m])) >= 1`,
    forMinutes: 5,
    severity: 'critical',
    says: '{{ $labels.container }} of {{ $labels.pod }} crashes each time it is started.',
    fix: 'Read kubectl logs --previous of it; a wrong setting stops our services with a list of what is wrong.',
    test: {
      fires: { [waiting(tested, 'CrashLoopBackOff')]: stays(1) },
      quiet: { [waiting(tested, 'ContainerCreating')]: stays(1) },
      labels: { namespace, pod: 'p', container: 'c' },
    },
  })
const waiting = (tested: string, reason: string) =>
  `kube_pod_container_status_waiting_reason{${tested},pod="p",container="c",reason="${reason}"}`

const restarting: Of = (ours, tested, namespace) =>
  alert('ContainerRestarts', {
    expr: `sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total{${ours}}[1h])) > 3`,
    forMinutes: 5,
    severity: 'warning',
    says: '{{ $labels.container }} of {{ $labels.pod }} was restarted more than three times in an hour.',
    fix: 'See in kubectl describe pod why it ended last: out of memory, a failed probe, an error.',
    test: {
      fires: { [`kube_pod_container_status_restarts_total{${tested},pod="p",container="c"}`]: '0+1x90' },
      quiet: { [`kube_pod_container_status_restarts_total{${tested},pod="p",container="c"}`]: '0+0x30 1+0x60' },
      labels: { namespace, pod: 'p', container: 'c' },
      atMinute: 60,
    },
  })

const killed: Of = (ours, tested, namespace) =>
  alert('ContainerOutOfMemory', {
    expr:
      `max by (namespace, pod, container) (kube_pod_container_status_last_terminated_reason{reason="OOMKilled",${ours}}) == 1 ` +
      `and sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total{${ours}}[15m])) > 0`,
    forMinutes: 0,
    severity: 'warning',
    says: '{{ $labels.container }} of {{ $labels.pod }} was ended because it used more memory than its limit.',
    fix: 'See on its dashboard whether memory grows without end; if not, raise its limit in the environment.',
    test: {
      fires: {
        [`kube_pod_container_status_last_terminated_reason{${tested},pod="p",container="c",reason="OOMKilled"}`]:
          stays(1),
        [`kube_pod_container_status_restarts_total{${tested},pod="p",container="c"}`]: '0 0 0 0 0 1+0x85',
      },
      quiet: {
        [`kube_pod_container_status_last_terminated_reason{${tested},pod="p",container="c",reason="OOMKilled"}`]:
          stays(1),
        [`kube_pod_container_status_restarts_total{${tested},pod="p",container="c"}`]: stays(1),
      },
      labels: { namespace, pod: 'p', container: 'c' },
      atMinute: 10,
    },
  })

const pending: Of = (ours, tested, namespace) =>
  alert('PodNotRunning', {
    expr: `max by (namespace, pod) (kube_pod_status_phase{phase=~"Pending|Unknown|Failed",${ours}}) == 1`,
    forMinutes: 15,
    severity: 'warning',
    says: '{{ $labels.pod }} has not run for a quarter of an hour.',
    fix: 'Read the events in kubectl describe pod: no room on the nodes, a missing Secret or volume, an image that is not there.',
    test: {
      fires: { [`kube_pod_status_phase{${tested},pod="p",phase="Pending"}`]: stays(1) },
      quiet: { [`kube_pod_status_phase{${tested},pod="p",phase="Succeeded"}`]: stays(1) },
      labels: { namespace, pod: 'p' },
    },
  })

const unavailable: Of = (ours, tested, namespace) =>
  alert('DeploymentGone', {
    expr: `kube_deployment_status_replicas_available{${ours}} == 0 and kube_deployment_spec_replicas{${ours}} > 0`,
    forMinutes: 3,
    severity: 'critical',
    says: 'No replica of {{ $labels.deployment }} is available.',
    fix: 'See why its pods are not ready: /health/ready of our services says which of its stores does not answer.',
    test: {
      fires: {
        [`kube_deployment_status_replicas_available{${tested},deployment="d"}`]: stays(0),
        [`kube_deployment_spec_replicas{${tested},deployment="d"}`]: stays(2),
      },
      quiet: {
        [`kube_deployment_status_replicas_available{${tested},deployment="d"}`]: stays(1),
        [`kube_deployment_spec_replicas{${tested},deployment="d"}`]: stays(2),
      },
      labels: { namespace, deployment: 'd' },
    },
  })

const shortOfReplicas: Of = (ours, tested, namespace) =>
  alert('ReplicasMissing', {
    expr:
      `kube_deployment_status_replicas_available{${ours}} < kube_deployment_spec_replicas{${ours}} or ` +
      `kube_statefulset_status_replicas_ready{${ours}} < kube_statefulset_replicas{${ours}}`,
    forMinutes: 20,
    severity: 'warning',
    says: '{{ $labels.deployment }}{{ $labels.statefulset }} has had too few replicas for twenty minutes.',
    fix: 'See which of its pods is not ready and why.',
    test: {
      fires: {
        [`kube_statefulset_status_replicas_ready{${tested},statefulset="s"}`]: stays(2),
        [`kube_statefulset_replicas{${tested},statefulset="s"}`]: stays(3),
      },
      quiet: {
        [`kube_statefulset_status_replicas_ready{${tested},statefulset="s"}`]: stays(3),
        [`kube_statefulset_replicas{${tested},statefulset="s"}`]: stays(3),
      },
      labels: { namespace, statefulset: 's' },
    },
  })

const atMaximum: Of = (ours, tested, namespace) =>
  alert('AutoscalerAtMaximum', {
    expr:
      `kube_horizontalpodautoscaler_status_current_replicas{${ours}} >= kube_horizontalpodautoscaler_spec_max_replicas{${ours}} ` +
      `and kube_horizontalpodautoscaler_spec_max_replicas{${ours}} > 1`,
    forMinutes: 30,
    severity: 'warning',
    says: '{{ $labels.horizontalpodautoscaler }} has run as many replicas as it may for half an hour.',
    fix: 'Raise maxReplicas of its size in the environment, if npm run plan says that the nodes have room.',
    test: {
      fires: {
        [`kube_horizontalpodautoscaler_status_current_replicas{${tested},horizontalpodautoscaler="h"}`]: stays(4),
        [`kube_horizontalpodautoscaler_spec_max_replicas{${tested},horizontalpodautoscaler="h"}`]: stays(4),
      },
      quiet: {
        [`kube_horizontalpodautoscaler_status_current_replicas{${tested},horizontalpodautoscaler="h"}`]: stays(3),
        [`kube_horizontalpodautoscaler_spec_max_replicas{${tested},horizontalpodautoscaler="h"}`]: stays(4),
      },
      labels: { namespace, horizontalpodautoscaler: 'h' },
    },
  })

const jobFailed: Of = (ours, tested, namespace) =>
  alert('KubernetesJobFailed', {
    expr: `max by (namespace, job_name) (kube_job_status_failed{${ours}}) > 0`,
    forMinutes: 5,
    severity: 'warning',
    says: 'The Kubernetes job {{ $labels.job_name }} failed.',
    fix: 'Read the log of its pod; a migration that fails keeps the new version from being installed.',
    test: {
      fires: { [`kube_job_status_failed{${tested},job_name="j"}`]: stays(1) },
      quiet: { [`kube_job_status_failed{${tested},job_name="j"}`]: stays(0) },
      labels: { namespace, job_name: 'j' },
    },
  })

const throttled: Of = (ours, tested, namespace) =>
  alert('ContainerThrottled', {
    expr:
      `sum by (namespace, pod, container) (rate(container_cpu_cfs_throttled_periods_total{container!="",${ours}}[10m])) / ` +
      `sum by (namespace, pod, container) (rate(container_cpu_cfs_periods_total{container!="",${ours}}[10m])) > 0.5`,
    forMinutes: 30,
    severity: 'warning',
    says: '{{ $labels.container }} of {{ $labels.pod }} is held back by its CPU limit half of the time.',
    fix: 'Raise its CPU limit in the environment.',
    test: {
      fires: {
        [`container_cpu_cfs_throttled_periods_total{${tested},pod="p",container="c"}`]: rises(80),
        [`container_cpu_cfs_periods_total{${tested},pod="p",container="c"}`]: rises(100),
      },
      quiet: {
        [`container_cpu_cfs_throttled_periods_total{${tested},pod="p",container="c"}`]: rises(10),
        [`container_cpu_cfs_periods_total{${tested},pod="p",container="c"}`]: rises(100),
      },
      labels: { namespace, pod: 'p', container: 'c' },
    },
  })
