import { dirname } from 'node:path/posix'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { INTERNAL_CA_FILE, OBJECT_STORE_CA_SECRET, runsObjectStore } from './access.ts'

/** Puts the certificate that signed our own object store's at `INTERNAL_CA_FILE`; nothing where the store is the world's. */
export const objectStoreTrust = (environment: ClusterEnvironment) =>
  runsObjectStore(environment)
    ? {
        volumes: [
          {
            name: 'object-store-ca',
            secret: {
              secretName: OBJECT_STORE_CA_SECRET,
              defaultMode: 0o440,
              items: [{ key: 'ca.crt', path: 'ca.crt' }],
            },
          },
        ],
        mounts: [{ name: 'object-store-ca', mountPath: dirname(INTERNAL_CA_FILE), readOnly: true }],
      }
    : { volumes: [], mounts: [] }
