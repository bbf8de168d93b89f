import { names } from '../names.ts'

/** A volume of its own for each replica, of the one class that there is; `storage` as in `20Gi`. */
export const claimTemplate = (storage: string) => ({
  spec: {
    accessModes: ['ReadWriteOnce' as const],
    storageClassName: names.storageClass,
    resources: { requests: { storage } },
  },
})

/** A folder that a container may write to, on the node's disk, gone with the pod. */
export const scratchVolume = (name: string, sizeLimit: string) => ({ name, emptyDir: { sizeLimit } })

/** Temporary files of a process that is not expected to write many. */
export const tmpVolume = scratchVolume('tmp', '256Mi')
export const tmpMount = { name: 'tmp', mountPath: '/tmp' } as const
