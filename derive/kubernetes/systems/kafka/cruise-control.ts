import type { ClusterEnvironment } from '../../cluster-environment.ts'

/** Whether Cruise Control runs beside the brokers: Strimzi refuses it where there is only one to balance. */
export const hasCruiseControl = ({ kafka }: ClusterEnvironment): boolean => kafka.brokers > 1
