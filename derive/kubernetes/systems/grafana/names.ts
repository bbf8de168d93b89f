/** What Grafana and its pods are called, and the ports that they open. Operators make further names from these. */
export const GRAFANA = {
  names: {
    grafana: 'grafana',
  },
  /** Labels that select the pods of each kind, as they or their operators make them. */
  pods: {
    grafana: { app: 'grafana' },
  },
  ports: {
    http: 3000,
  },
} as const
