import { kinds, lost, type Mutable, type Mutation, one, podOf, workloads } from './mutation.ts'

const inPod = (
  name: string,
  caughtBy: string,
  breaks: (pod: Mutable, object: Mutable) => void,
  fits = workloads,
): Mutation => ({
  name,
  caughtBy,
  fits,
  breaks: (object) => {
    breaks(podOf(object), object)
    return undefined
  },
})

const mounts = (what: 'secret' | 'configMap') => (object: Mutable) =>
  workloads(object) && (podOf(object).volumes ?? []).some((volume: Mutable) => volume[what] !== undefined)

const readsSecret = (object: Mutable) =>
  workloads(object) && podOf(object).containers.some(({ env = [] }: Mutable) => env.some(isSecretVariable))
const isSecretVariable = ({ valueFrom }: Mutable) => valueFrom?.secretKeyRef !== undefined
const secretVariable = (pod: Mutable): Mutable =>
  pod.containers.flatMap(({ env = [] }: Mutable) => env).find(isSecretVariable).valueFrom.secretKeyRef

/** What goes wrong in workloads and what belongs to them. */
export const workloadMutations: readonly Mutation[] = [
  inPod('a label of the pods is changed, the selector is not', 'selector-mismatch', (_, object) => {
    object.spec.template.metadata.labels.app = 'renamed'
  }),
  inPod('the pod may run as root', 'pod-security-violated', (pod) => {
    delete pod.securityContext
    for (const container of pod.containers) delete container.securityContext
  }),
  inPod('a container may gain privileges', 'pod-security-violated', (pod) => {
    pod.containers[0].securityContext.allowPrivilegeEscalation = true
  }),
  inPod('the root file system can be written to', 'root-filesystem-writable', (pod) => {
    pod.containers[0].securityContext.readOnlyRootFilesystem = false
  }),
  inPod('a folder of the node is mounted', 'pod-security-violated', (pod) => {
    pod.volumes = [...(pod.volumes ?? []), { name: 'node', hostPath: { path: '/var/run' } }]
  }),
  inPod('the pod shares the network of the node', 'pod-security-violated', (pod) => {
    pod.hostNetwork = true
  }),
  inPod('probes are left out', 'probes-missing', (pod) => {
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) delete pod.containers[0][probe]
  }),
  inPod('requests and limits are left out', 'resources-missing', (pod) => {
    delete pod.containers[0].resources
  }),
  inPod('a limit is above what any node has', 'limit-over-node', (pod) => {
    pod.containers[0].resources.limits.memory = '512Gi'
  }),
  inPod('a request is above what any node has', 'pod-unschedulable', (pod) => {
    pod.containers[0].resources = { requests: { cpu: '64', memory: '1Gi' }, limits: { cpu: '64', memory: '1Gi' } }
  }),
  inPod('the pods ask for nodes that no pool has', 'pod-unschedulable', (pod) => {
    pod.nodeSelector = { 'knowton.io/pool': 'no-such-pool' }
  }),
  inPod(
    'the taint of the pool is no longer tolerated',
    'pod-unschedulable',
    (pod) => {
      delete pod.tolerations
    },
    (object) => workloads(object) && (podOf(object as Mutable).tolerations ?? []).length > 0,
  ),
  inPod('the service account does not exist', 'service-account-missing', (pod) => {
    pod.serviceAccountName = 'nobody'
  }),
  inPod('the priority class does not exist', 'priority-class-missing', (pod) => {
    pod.priorityClassName = 'no-such-class'
  }),
  inPod('a field is misspelt', 'field-unknown', (pod) => {
    pod.containers[0].imagePullPolcy = 'Always'
  }),
  inPod('a number stands where text belongs', 'field-invalid', (pod) => {
    pod.containers[0].env = [...(pod.containers[0].env ?? []), { name: 'LEVEL', value: 3 }]
  }),
  inPod('the image is whatever is newest', 'image-latest', (pod) => {
    pod.containers[0].image = 'docker.io/library/nginx:latest'
  }),
  inPod('a password stands in the file', 'secret-literal', (pod) => {
    pod.containers[0].env = [...(pod.containers[0].env ?? []), { name: 'DB_PASSWORD', value: 'hunter2hunter2' }]
  }),
  inPod(
    'a secret of another name is mounted',
    'secret-missing',
    (pod) => {
      pod.volumes.find((volume: Mutable) => volume.secret !== undefined).secret.secretName = 'no-such-secret'
    },
    mounts('secret'),
  ),
  inPod(
    'a ConfigMap of another name is mounted',
    'configmap-missing',
    (pod) => {
      pod.volumes.find((volume: Mutable) => volume.configMap !== undefined).configMap.name = 'no-such-map'
    },
    mounts('configMap'),
  ),
  inPod(
    'a variable comes from a secret that is not there',
    'secret-missing',
    (pod) => {
      secretVariable(pod).name = 'no-such-secret'
    },
    readsSecret,
  ),
  inPod(
    'a variable comes from a key that the secret does not have',
    'secret-key-missing',
    (pod) => {
      secretVariable(pod).key = 'no-such-key'
    },
    readsSecret,
  ),
  inPod(
    'replicas share a volume that one node can mount',
    'claim-shared',
    (pod, object) => {
      object.spec.replicas = 3
      pod.volumes = [...(pod.volumes ?? []), { name: 'shared', persistentVolumeClaim: { claimName: 'shared' } }]
    },
    kinds('Deployment'),
  ),
  {
    name: 'a disruption budget allows no disruption',
    caughtBy: 'disruption-budget-blocks',
    fits: kinds('PodDisruptionBudget'),
    breaks: (object) => {
      object.spec = { minAvailable: 100, selector: object.spec.selector }
    },
  },
  {
    name: 'a disruption budget selects nobody',
    caughtBy: 'disruption-budget-selects-nothing',
    fits: kinds('PodDisruptionBudget'),
    breaks: (object) => {
      object.spec.selector = { matchLabels: { app: 'renamed' } }
    },
  },
  {
    name: 'an autoscaler scales something that is not there',
    caughtBy: 'scale-target-missing',
    fits: kinds('HorizontalPodAutoscaler', 'ScaledObject'),
    breaks: (object) => {
      object.spec.scaleTargetRef.name = 'renamed'
    },
  },
  {
    name: 'a Service selects nobody',
    caughtBy: 'service-selects-nothing',
    fits: (object) => object.kind === 'Service' && (object as Mutable).spec.selector !== undefined,
    breaks: (object) => {
      object.spec.selector = { app: 'renamed' }
    },
  },
  {
    name: 'a Service leads to a port that no container has',
    caughtBy: 'service-port-mismatch',
    fits: kinds('Service'),
    breaks: (object) => {
      object.spec.ports[0].targetPort = 4999
    },
  },
  lost('a disruption budget is lost', 'disruption-budget-missing', kinds('PodDisruptionBudget')),
  lost(
    'a service account is lost',
    'service-account-missing',
    // every namespace has one that is called default
    (object) => object.kind === 'ServiceAccount' && object.metadata.name !== 'default',
  ),
  lost('a ConfigMap is lost', 'configmap-missing', kinds('ConfigMap')),
  lost(
    'the headless Service of a StatefulSet is lost',
    'headless-service-missing',
    one('Service', 'weaviate-headless'),
  ),
]
