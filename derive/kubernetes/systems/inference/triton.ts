import { type InferenceBackend, MODEL_FOLDER } from './backend.ts'
import { INFERENCE } from './names.ts'

/** Triton, which is still maintained: the same protocol from the same Service. */
export const triton = (): InferenceBackend => ({
  models: 'triton',
  command: [
    'tritonserver',
    `--model-repository=${MODEL_FOLDER}`,
    '--model-control-mode=none',
    '--allow-grpc=false',
    `--http-port=${INFERENCE.ports.http}`,
    `--metrics-port=${INFERENCE.ports.metrics}`,
    // a model that cannot be loaded makes the pod unready and leaves the others served
    '--exit-on-error=false',
    '--strict-readiness=true',
  ],
  env: { HOME: '/tmp' },
  config: {},
  live: { path: '/v2/health/live', port: 'http' },
  ready: { path: '/v2/health/ready', port: 'http' },
  // models in Python are other processes, spoken to through shared memory
  scratch: [{ name: 'shared-memory', mountPath: '/dev/shm', sizeLimit: '512Mi', medium: 'Memory' }],
  waiting: (namespace) => `sum(rate(nv_inference_queue_duration_us{namespace="${namespace}"}[2m])) / 1e6`,
})
