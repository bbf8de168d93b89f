/** What the object store of one machine and its pods are called, and the ports that they open. Operators make further names from these. */
export const OBJECT_STORE = {
  names: {
    server: 'object-store',
  },
  /** Labels that select the pods of each kind, as they or their operators make them. */
  pods: {
    server: { app: 'object-store' },
  },
  ports: {
    https: 7070,
  },
} as const
