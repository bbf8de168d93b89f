import { authority } from '../../addresses.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { inferenceAddress } from './names.ts'

/**
 * Where a request of the Open Inference Protocol v2 for `{model}` goes. Triton has the protocol's own path; TorchServe
 * reads and writes the protocol's bodies at the path of its own, once told to by its service envelope.
 */
export const inferenceUrl = (environment: ClusterEnvironment): string =>
  `http://${authority(inferenceAddress(environment))}${paths[environment.inference.backend]}`

const paths = { torchserve: '/predictions/{model}', triton: '/v2/models/{model}/infer' } as const
