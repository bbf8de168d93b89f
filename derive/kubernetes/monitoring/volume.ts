import { names } from '../names.ts'

/** A claim of each replica to a volume of its own. */
export const volumeOf = (size: string) => ({
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: names.storageClass,
    resources: { requests: { storage: size } },
  },
})
