/** What the gateway and its pods are called, and the ports that they open. Operators make further names from these. */
export const GATEWAY = {
  names: {
    gateway: 'kong-gateway',
  },
  /** Labels that select the pods of each kind, as they or their operators make them. */
  pods: {
    gateway: { app: 'kong-gateway' },
  },
  ports: {
    proxy: [8000, 8443],
    status: 8100,
  },
} as const
