import { names } from '../names.ts'

/** A volume of its own for each pod of a StatefulSet. */
export const claimTemplate = (storage: string) => ({
  spec: {
    accessModes: ['ReadWriteOnce' as const],
    storageClassName: names.storageClass,
    resources: { requests: { storage } },
  },
})
