import { clientSystems, systemVariables } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import type { System } from '../system.ts'
import { inferenceRules } from './alerts.ts'
import { inferenceComponent, modelIdentities } from './component.ts'
import { inferenceDashboard } from './dashboard.ts'
import { inferenceClientFlows, inferenceFlows, inferencePeer } from './flows.ts'
import { INFERENCE, inferenceAddress } from './names.ts'

export const inference: System = {
  namespace: 'apps',
  pods: INFERENCE.pods,
  ports: INFERENCE.ports,
  address: inferenceAddress,
  objects: ({ platform, environment }) => inferenceComponent(platform, environment),
  flows: inferenceFlows,
  clients: {
    usedBy: clientSystems.inference.usedBy,
    flows: inferenceClientFlows,
    variables: systemVariables('inference'),
  },
  loads: ({ inference }: ClusterEnvironment) => [
    {
      what: 'inference',
      pods: inference.maxReplicas,
      containers: [inference.resources],
      volumes: [],
      gpus: inference.gpus,
    },
  ],
  secrets: () => ({}),
  identities: modelIdentities,
  targets: (environment) => [{ peer: inferencePeer(environment), port: INFERENCE.ports.metrics, monitor: undefined }],
  metrics: {
    torchserve: [
      'Requests5XX',
      'ts_inference_latency_microseconds',
      'ts_inference_requests_total',
      'ts_queue_latency_microseconds',
    ],
    triton: [
      'nv_inference_queue_duration_us',
      'nv_inference_request_duration_us',
      'nv_inference_request_failure',
      'nv_inference_request_success',
    ],
  },
  alerts: (environment) => ({ inference: inferenceRules(environment) }),
  dashboard: inferenceDashboard,
}
