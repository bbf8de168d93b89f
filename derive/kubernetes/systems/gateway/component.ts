import type { PlatformShape } from '@knowton/core'
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2'
import type { IService } from 'kubernetes-models/v1'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Component, labelsOf, type Manifest } from '../../manifest.ts'
import { names } from '../../names.ts'
import { tokenlessAccount } from '../../parts/accounts.ts'
import { CPU_UTILIZATION, scalingBehavior } from '../../parts/autoscaling.ts'
import { podDisruptionBudget } from '../../parts/disruption.ts'
import { GATEWAY_CERTIFICATE, gatewayDeployment } from './deployment.ts'
import { kongSecret } from './kong-secret.ts'
import { loadBalancerAnnotations } from './load-balancer.ts'
import { GATEWAY } from './names.ts'

/** The one way in: Kong on the declared routes. */
export const gatewayComponent = (platform: PlatformShape, environment: ClusterEnvironment): Component => ({
  name: 'gateway',
  group: 'apps',
  files: {
    'service-account': [serviceAccount(environment)],
    certificate: [certificate(environment)],
    secrets: [kongSecret(platform, environment)],
    deployment: [gatewayDeployment(platform, environment)],
    service: [service(environment)],
    availability: [disruptionBudget(environment), autoscaler(environment)],
    monitoring: [podMonitor(environment)],
  },
})

const metadata = ({ namespaces }: ClusterEnvironment, name: string = GATEWAY.names.gateway) => ({
  name,
  namespace: namespaces.apps,
  labels: { ...labelsOf('gateway', GATEWAY.names.gateway) },
})

const serviceAccount = (environment: ClusterEnvironment) => tokenlessAccount(metadata(environment))

const certificate = (environment: ClusterEnvironment): Manifest => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: metadata(environment, GATEWAY_CERTIFICATE),
  spec: {
    secretName: GATEWAY_CERTIFICATE,
    dnsNames: [environment.domain],
    usages: ['digital signature', 'server auth'],
    privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
    issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: names.publicIssuer },
  },
})

/** Only nodes with a gateway take part, so that each sees the addresses of its clients. */
const service = (environment: ClusterEnvironment) =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata(environment), ...loadBalancerAnnotations(environment) },
    spec: {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      selector: GATEWAY.pods.gateway,
      ports: [
        { name: 'http', port: 80, targetPort: 'proxy', protocol: 'TCP', appProtocol: 'http' },
        { name: 'https', port: 443, targetPort: 'proxy-tls', protocol: 'TCP', appProtocol: 'https' },
      ],
    },
  }) satisfies IService

const disruptionBudget = (environment: ClusterEnvironment) =>
  podDisruptionBudget(metadata(environment), GATEWAY.pods.gateway)

const autoscaler = (environment: ClusterEnvironment) =>
  ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadata(environment),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: GATEWAY.names.gateway },
      minReplicas: environment.gateway.replicas,
      maxReplicas: environment.gateway.maxReplicas,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: CPU_UTILIZATION } },
        },
      ],
      behavior: scalingBehavior,
    },
  }) satisfies IHorizontalPodAutoscaler

const podMonitor = (environment: ClusterEnvironment): Manifest => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: metadata(environment),
  spec: {
    jobLabel: 'app.kubernetes.io/name',
    selector: { matchLabels: GATEWAY.pods.gateway },
    podMetricsEndpoints: [{ port: 'status', path: '/metrics', interval: '15s' }],
  },
})
