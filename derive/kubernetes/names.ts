/** What belongs to the cluster as a whole; what a system's objects are called stands in its own folder. */
export const names = {
  storageClass: 'fast-ssd',
  /** Issues the certificates that systems of the platform show to one another. */
  internalIssuer: 'knowton-internal',
  /** Issues the certificate of the gateway. */
  publicIssuer: 'knowton-public',
  secretStore: 'knowton',
} as const

/** Labels that select the pods of declared services. */
export const podLabels = {
  /** All of them. */
  services: { tier: 'backend' },
  /** Run once before a new version of a service. */
  migrations: { tier: 'migration' },
} as const

/** Labels that select the pods of one declared service. */
export const servicePodLabels = (service: string) => ({ app: service, ...podLabels.services })

/** The port that every service listens on: its API, health and metrics. */
export const SERVICE_PORT = 3000

/** The label of the nodes of a pool, and the key of its taint. */
export const POOL_LABEL = 'knowton.io/pool'
