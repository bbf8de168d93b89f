import { CONFIG_FOLDER, type InferenceBackend, MAX_BODY_BYTES, MODEL_FOLDER } from './backend.ts'
import { INFERENCE } from './names.ts'

/**
 * TorchServe 0.12. It stays in the foreground, so that the container ends with it (the image's own entrypoint goes on
 * without it). Callers are let in by network policy, so its tokens are off; models come from the bucket alone.
 */
export const torchserve = (gpus: number, modelStorage: string): InferenceBackend => ({
  models: 'torchserve',
  command: ['torchserve', '--start', '--foreground', '--ncs', '--ts-config', `${CONFIG_FOLDER}/config.properties`],
  env: {
    // bodies of the Open Inference Protocol v2 at /predictions/<model>
    TS_SERVICE_ENVELOPE: 'kservev2',
    TEMP: '/home/model-server/tmp',
    LOG_LOCATION: '/home/model-server/logs',
    METRICS_LOCATION: '/home/model-server/logs',
  },
  config: { 'config.properties': properties(gpus) },
  // the server itself answers here, whatever its models do; it starts their workers anew by itself
  live: { path: '/metrics', port: 'metrics' },
  ready: { path: '/ping', port: 'http' },
  scratch: [
    { name: 'logs', mountPath: '/home/model-server/logs', sizeLimit: '512Mi' },
    { name: 'unpacked', mountPath: '/home/model-server/tmp', sizeLimit: modelStorage },
  ],
  // older clients of Prometheus write the counter without its suffix
  waiting: (namespace) =>
    `sum(rate({__name__=~"ts_queue_latency_microseconds(_total)?",namespace="${namespace}"}[2m])) / 1e6`,
})

const properties = (gpus: number): string =>
  Object.entries({
    inference_address: `http://0.0.0.0:${INFERENCE.ports.http}`,
    // nobody registers models over the network
    management_address: 'http://127.0.0.1:8081',
    metrics_address: `http://0.0.0.0:${INFERENCE.ports.metrics}`,
    metrics_mode: 'prometheus',
    enable_envvars_config: true,
    enable_model_api: false,
    disable_token_authorization: true,
    install_py_dep_per_model: false,
    number_of_netty_threads: 32,
    job_queue_size: 1000,
    number_of_gpu: gpus,
    max_request_size: MAX_BODY_BYTES,
    max_response_size: MAX_BODY_BYTES,
    model_store: MODEL_FOLDER,
    load_models: 'all',
    vmargs: '-XX:+ExitOnOutOfMemoryError',
  })
    .map(([key, value]) => `${key}=${value}\n`)
    .join('')
