import type { ClusterEnvironment } from '../../cluster-environment.ts'

/** What makes each cloud's load balancer one of TCP that leaves the addresses of clients as they are. */
export const loadBalancerAnnotations = (environment: ClusterEnvironment) => {
  const annotations = annotationsOf(environment)
  return Object.keys(annotations).length === 0 ? {} : { annotations }
}

const annotationsOf = ({ cloud }: ClusterEnvironment): Record<string, string> => {
  switch (cloud.kind) {
    case 'eks':
      return {
        'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb',
        'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing',
        'service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled': 'true',
      }
    case 'gke':
      return { 'cloud.google.com/l4-rbs': 'enabled' }
    case 'aks':
      // idle streams of server-sent events are kept for as long as they may be
      return { 'service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout': '30' }
    case 'kind':
      return {}
  }
}
