import { dirname } from 'node:path/posix'
import { INTERNAL_CA_FILE } from '../systems/object-store/access.ts'

/** The Secret whose `ca.crt` signed the server certificates of the systems inside the cluster. */
export const INTERNAL_CA_SECRET = 'internal-ca'

/** The volume that holds the certificate that pods trust the systems inside the cluster by. */
export const trustVolume = {
  name: 'internal-ca',
  secret: {
    secretName: INTERNAL_CA_SECRET,
    defaultMode: 0o440,
    items: [{ key: 'ca.crt', path: 'ca.crt' }],
  },
}

/** Puts it at `INTERNAL_CA_FILE`. */
export const trustMount = { name: 'internal-ca', mountPath: dirname(INTERNAL_CA_FILE), readOnly: true }
