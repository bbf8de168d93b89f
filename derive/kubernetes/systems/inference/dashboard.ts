import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Dashboard, graph, line, rate } from '../../monitoring/dashboards/panel.ts'
import { INFERENCE } from './names.ts'

export const inferenceDashboard = ({ inference: { backend, gpus } }: ClusterEnvironment): Dashboard => {
  const of = `{job="${INFERENCE.names.deployment}"}`
  const [served, failed, waited, took] =
    backend === 'torchserve'
      ? [
          'ts_inference_requests_total',
          'Requests5XX',
          'ts_queue_latency_microseconds',
          'ts_inference_latency_microseconds',
        ]
      : [
          'nv_inference_request_success',
          'nv_inference_request_failure',
          'nv_inference_queue_duration_us',
          'nv_inference_request_duration_us',
        ]
  const average = (total: string) => `sum(rate(${total}${of}[5m])) / sum(rate(${served}${of}[5m]))`
  return {
    uid: 'inference',
    title: 'Inference',
    about: 'Models that answer services.',
    rows: [
      {
        title: 'Requests',
        panels: [
          graph('Answered', 'reqps', line(rate(served, 'pod', of)), 6),
          graph('Failed', 'reqps', line(rate(failed, 'pod', of)), 6),
          graph('Wait on average', 'µs', line(average(waited), 'wait'), 6),
          graph('Time on average', 'µs', line(average(took), 'time'), 6),
        ],
      },
      ...(gpus === 0
        ? []
        : [
            {
              title: 'GPUs',
              panels: [
                graph('Use', 'percent', line('DCGM_FI_DEV_GPU_UTIL', '{{Hostname}} {{gpu}}'), 12),
                graph('Memory in use', 'decmbytes', line('DCGM_FI_DEV_FB_USED', '{{Hostname}} {{gpu}}'), 12),
              ],
            },
          ]),
    ],
  }
}
