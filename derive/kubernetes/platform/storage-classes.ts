import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1'
import type { Cloud, ClusterEnvironment } from '../cluster-environment.ts'
import { type Component, labelsOf, NEVER_PRUNED } from '../manifest.ts'
import { names } from '../names.ts'

/**
 * The one class of volumes. A volume is made in the zone of the pod that waits for it, can grow, is encrypted, and
 * outlives its claim: deleting a claim by mistake does not delete data.
 */
export const storageClasses = (environment: ClusterEnvironment): Component => ({
  name: 'storage-classes',
  group: 'platform',
  files: {
    [names.storageClass]: [
      {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: {
          name: names.storageClass,
          labels: labelsOf('storage-classes', names.storageClass),
          annotations: NEVER_PRUNED,
        },
        ...drivers[environment.cloud.kind],
        reclaimPolicy: 'Retain',
        volumeBindingMode: 'WaitForFirstConsumer',
      } satisfies IStorageClass,
    ],
  },
})

type Driver = Pick<IStorageClass, 'provisioner' | 'allowVolumeExpansion'> & {
  readonly parameters?: Record<string, string>
}

const drivers: Readonly<Record<Cloud, Driver>> = {
  eks: {
    provisioner: 'ebs.csi.aws.com',
    parameters: { type: 'gp3', encrypted: 'true', 'csi.storage.k8s.io/fstype': 'ext4' },
    allowVolumeExpansion: true,
  },
  // Google encrypts every disk
  gke: {
    provisioner: 'pd.csi.storage.gke.io',
    parameters: { type: 'pd-ssd', 'csi.storage.k8s.io/fstype': 'ext4' },
    allowVolumeExpansion: true,
  },
  // Azure encrypts every disk; the second generation of premium disks has no host cache
  aks: {
    provisioner: 'disk.csi.azure.com',
    parameters: { skuName: 'PremiumV2_LRS', cachingMode: 'None', fsType: 'ext4' },
    allowVolumeExpansion: true,
  },
  // a folder of the machine: it cannot grow beyond what the disk has, and there is nothing to encrypt it with
  kind: { provisioner: 'rancher.io/local-path', allowVolumeExpansion: false },
}
