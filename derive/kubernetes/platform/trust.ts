import type { ClusterEnvironment } from '../cluster-environment.ts'
import { type Component, labelsOf } from '../manifest.ts'
import { names } from '../names.ts'
import { INTERNAL_CA_SECRET } from '../parts/trust.ts'

/**
 * A client certificate in the namespace of the services, asked for because its Secret carries `ca.crt`: what the
 * services trust the stores by. The key in it opens nothing, and no pod mounts it.
 */
export const trust = (environment: ClusterEnvironment): Component => ({
  name: 'trust',
  group: 'platform',
  files: {
    [INTERNAL_CA_SECRET]: [
      {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata: {
          name: INTERNAL_CA_SECRET,
          namespace: environment.namespaces.apps,
          labels: labelsOf('trust', INTERNAL_CA_SECRET),
        },
        spec: {
          secretName: INTERNAL_CA_SECRET,
          commonName: 'knowton-services',
          duration: '2160h0m0s',
          renewBefore: '720h0m0s',
          privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
          usages: ['digital signature', 'client auth'],
          issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: names.internalIssuer },
        },
      },
    ],
  },
})
