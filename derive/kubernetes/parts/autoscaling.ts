/** Pods are added when they use more than this part of the processors they asked for, in percent. */
export const CPU_UTILIZATION = 70

/** Adds at once, takes away one pod a minute after five quiet minutes. */
export const scalingBehavior = {
  scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: 'Percent', value: 100, periodSeconds: 60 }] },
  scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] },
}
