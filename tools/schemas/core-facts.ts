/** Kinds of Kubernetes itself that are in no namespace. */
export const clusterKinds: ReadonlySet<string> = new Set([
  'Namespace',
  'Node',
  'PersistentVolume',
  'ComponentStatus',
  'ClusterRole',
  'ClusterRoleBinding',
  'StorageClass',
  'CSIDriver',
  'CSINode',
  'VolumeAttachment',
  'VolumeAttributesClass',
  'PriorityClass',
  'RuntimeClass',
  'IngressClass',
  'IPAddress',
  'ServiceCIDR',
  'CustomResourceDefinition',
  'APIService',
  'CertificateSigningRequest',
  'FlowSchema',
  'PriorityLevelConfiguration',
  'DeviceClass',
  'ResourceSlice',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'TokenReview',
  'SelfSubjectReview',
  'SubjectAccessReview',
  'SelfSubjectAccessReview',
  'SelfSubjectRulesReview',
])

/** Fields of lists whose values must differ, by type and field; the API server's validation of core kinds. */
export const listKeys: Readonly<Record<string, readonly string[]>> = {
  'PodSpec.containers': ['name'],
  'PodSpec.initContainers': ['name'],
  'PodSpec.volumes': ['name'],
  'Container.volumeMounts': ['mountPath'],
  'ServiceSpec.ports': ['port', 'protocol'],
}

type Bounds = {
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly pattern?: string
}

const port: Bounds = { minimum: 1, maximum: 65_535 }
const count: Bounds = { minimum: 0 }
/** Octal 0777. */
const mode: Bounds = { minimum: 0, maximum: 0o777 }

/** Bounds that the API server's validation holds core kinds to (validation of kubernetes/kubernetes), which its OpenAPI does not say. */
export const coreBounds: Readonly<Record<string, Bounds>> = {
  'ContainerPort.containerPort': port,
  'ServicePort.port': port,
  'ServicePort.nodePort': { minimum: 0, maximum: 65_535 },
  'GRPCAction.port': port,
  'DeploymentSpec.replicas': count,
  'StatefulSetSpec.replicas': count,
  'ReplicaSetSpec.replicas': count,
  'DeploymentSpec.revisionHistoryLimit': count,
  'StatefulSetSpec.revisionHistoryLimit': count,
  'DeploymentSpec.minReadySeconds': count,
  'JobSpec.backoffLimit': count,
  'JobSpec.parallelism': count,
  'JobSpec.completions': count,
  'JobSpec.ttlSecondsAfterFinished': count,
  'JobSpec.activeDeadlineSeconds': count,
  'PodSpec.terminationGracePeriodSeconds': count,
  'PodSpec.containers': { minItems: 1 },
  'ServiceSpec.ports': {},
  'Probe.initialDelaySeconds': count,
  'Probe.periodSeconds': count,
  'Probe.timeoutSeconds': count,
  'Probe.failureThreshold': count,
  'Probe.successThreshold': count,
  'ConfigMapVolumeSource.defaultMode': mode,
  'SecretVolumeSource.defaultMode': mode,
  'ProjectedVolumeSource.defaultMode': mode,
  'KeyToPath.mode': mode,
  'TopologySpreadConstraint.maxSkew': { minimum: 1 },
  'WeightedPodAffinityTerm.weight': { minimum: 1, maximum: 100 },
  'PreferredSchedulingTerm.weight': { minimum: 1, maximum: 100 },
  'HorizontalPodAutoscalerSpec.maxReplicas': { minimum: 1 },
  'HorizontalPodAutoscalerSpec.minReplicas': count,
  'PersistentVolumeClaimSpec.accessModes': { minItems: 1 },
}

/** Closed sets of values that the types leave open. */
export const coreEnums: Readonly<Record<string, readonly string[]>> = {
  'PersistentVolumeClaimSpec.accessModes': ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'],
  'PersistentVolumeSpec.accessModes': ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'],
  'NetworkPolicySpec.policyTypes': ['Ingress', 'Egress'],
  'LabelSelectorRequirement.operator': ['In', 'NotIn', 'Exists', 'DoesNotExist'],
}
