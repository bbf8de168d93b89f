import type { Found, Loaded, Rule } from '../../types.ts'
import { labelsOf } from '../../values.ts'

/** Drivers whose disks stand in one zone, so that they must be made where their pod is. */
const zonal = new Set([
  'ebs.csi.aws.com',
  'kubernetes.io/aws-ebs',
  'pd.csi.storage.gke.io',
  'kubernetes.io/gce-pd',
  'disk.csi.azure.com',
  'kubernetes.io/azure-disk',
])

/** Drivers that encrypt only when told to, with the parameter that tells them. Google's and Azure's always do. */
const encryptedBy: Readonly<Record<string, string>> = {
  'ebs.csi.aws.com': 'encrypted',
  'kubernetes.io/aws-ebs': 'encrypted',
  'efs.csi.aws.com': 'encrypted',
}

const faultsOf = (on: Loaded): readonly Found[] => {
  const { manifest, ref } = on
  const provisioner = String(manifest.provisioner)
  const parameter = Object.hasOwn(encryptedBy, provisioner) ? encryptedBy[provisioner] : undefined
  const faults: Found[] = []
  if ((manifest.reclaimPolicy ?? 'Delete') === 'Delete')
    faults.push({
      on,
      path: 'reclaimPolicy',
      says: `Whoever deletes a claim of class ${ref.name} deletes its data with it.`,
      fix: 'Set reclaimPolicy: Retain.',
    })
  if (zonal.has(provisioner) && manifest.volumeBindingMode !== 'WaitForFirstConsumer')
    faults.push({
      on,
      path: 'volumeBindingMode',
      says: `A volume of class ${ref.name} is made in any zone before its pod has a node; pods that must run in another zone stay Pending.`,
      fix: 'Set volumeBindingMode: WaitForFirstConsumer.',
    })
  if (parameter !== undefined && labelsOf(manifest.parameters)[parameter] !== 'true')
    faults.push({
      on,
      path: 'parameters',
      says: `Volumes of class ${ref.name} are not encrypted unless the account's settings say so.`,
      fix: `Set parameters.${parameter}: "true".`,
    })
  if (manifest.allowVolumeExpansion !== true)
    faults.push({
      on,
      path: 'allowVolumeExpansion',
      severity: 'note',
      says: `A full volume of class ${ref.name} cannot be made larger.`,
      fix: 'Set allowVolumeExpansion: true, where the driver can.',
    })
  return faults
}

/** Storage classes under which data is lost, misplaced or readable. */
export const storageClassUnsafe: Rule = {
  id: 'storage-class-unsafe',
  severity: 'warning',
  about: 'Every storage class keeps data, places it beside its pod, encrypts it and lets it grow.',
  check: (world) => world.ofKind('StorageClass', 'storage.k8s.io').flatMap(faultsOf),
}
