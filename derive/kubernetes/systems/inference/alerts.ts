import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { alert, type RuleGroup } from '../../monitoring/rules/rule.ts'
import { rises, stays } from '../../monitoring/rules/series.ts'
import { INFERENCE } from './names.ts'

const gone = alert('InferenceGone', {
  expr: `(sum(up{job="${INFERENCE.names.deployment}"}) or vector(0)) == 0`,
  forMinutes: 10,
  severity: 'warning',
  says: 'No model server answers: new works are not searchable by likeness until one does.',
  fix: 'See whether its pods find a node, fetch their models and load them; that takes minutes.',
  test: {
    fires: { [`up{job="${INFERENCE.names.deployment}",pod="p"}`]: stays(0) },
    quiet: { [`up{job="${INFERENCE.names.deployment}",pod="p"}`]: stays(1) },
    labels: {},
  },
})

/** What requests wait for a free worker, in microseconds on average, as each server counts it. */
const waits = {
  torchserve: { waited: 'ts_queue_latency_microseconds', served: 'ts_inference_requests_total' },
  triton: { waited: 'nv_inference_queue_duration_us', served: 'nv_inference_request_success' },
} as const

const failures = { torchserve: 'Requests5XX', triton: 'nv_inference_request_failure' } as const

const queue = (backend: keyof typeof waits) => {
  const { waited, served } = waits[backend]
  return alert('InferenceQueueLong', {
    expr: `sum(rate(${waited}{job="${INFERENCE.names.deployment}"}[10m])) / sum(rate(${served}{job="${INFERENCE.names.deployment}"}[10m])) > 1000000`,
    forMinutes: 10,
    severity: 'warning',
    says: 'Requests wait longer than a second for a free worker of the model server.',
    fix: 'Raise inference.maxReplicas in the environment; each replica needs a node with a GPU.',
    test: {
      fires: {
        [`${waited}{job="${INFERENCE.names.deployment}",pod="p"}`]: rises(200_000_000),
        [`${served}{job="${INFERENCE.names.deployment}",pod="p"}`]: rises(100),
      },
      quiet: {
        [`${waited}{job="${INFERENCE.names.deployment}",pod="p"}`]: rises(1_000_000),
        [`${served}{job="${INFERENCE.names.deployment}",pod="p"}`]: rises(100),
      },
      labels: {},
    },
  })
}

const failing = (backend: keyof typeof failures) =>
  alert('InferenceFails', {
    expr: `sum(rate(${failures[backend]}{job="${INFERENCE.names.deployment}"}[10m])) > 0.05`,
    forMinutes: 10,
    severity: 'warning',
    says: 'The model server fails to answer more than three requests a minute.',
    fix: 'Look in its log; most often the memory of the GPU is too small for the batch.',
    test: {
      fires: { [`${failures[backend]}{job="${INFERENCE.names.deployment}",pod="p"}`]: rises(10) },
      quiet: { [`${failures[backend]}{job="${INFERENCE.names.deployment}",pod="p"}`]: rises(1) },
      labels: {},
    },
  })

const gpu = alert('GpuErrors', {
  expr: 'DCGM_FI_DEV_XID_ERRORS > 0',
  forMinutes: 1,
  severity: 'warning',
  says: 'A GPU of {{ $labels.Hostname }} reports an error.',
  fix: 'Look its number up in NVIDIA’s list of Xid errors; drain and replace the node when it says so.',
  test: {
    fires: { 'DCGM_FI_DEV_XID_ERRORS{Hostname="h",gpu="0"}': stays(79) },
    quiet: { 'DCGM_FI_DEV_XID_ERRORS{Hostname="h",gpu="0"}': stays(0) },
    labels: { Hostname: 'h', gpu: '0' },
  },
})

/** What goes wrong where models run. */
export const inferenceRules = ({ inference: { backend, gpus } }: ClusterEnvironment): readonly RuleGroup[] => [
  { name: 'inference', rules: [gone, queue(backend), failing(backend), ...(gpus > 0 ? [gpu] : [])] },
]
