import type { Answers } from '../answer.ts'
import { clusterAnswers } from './cluster.ts'
import { dataAnswers } from './data.ts'
import { deliveryAnswers } from './delivery.ts'
import { gatewayAnswers } from './gateway.ts'
import { inferenceAnswers } from './inference.ts'
import { monitoringAnswers } from './monitoring.ts'
import { networkAnswers } from './network.ts'

/** Every answer, by what the document calls the object. */
export const answers: Readonly<Record<string, Answers>> = {
  ...clusterAnswers,
  ...gatewayAnswers,
  ...dataAnswers,
  ...inferenceAnswers,
  ...monitoringAnswers,
  ...deliveryAnswers,
  ...networkAnswers,
}
