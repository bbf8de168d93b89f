import type { ClusterEnvironment } from '../cluster-environment.ts'
import { labelsOf, type Manifest } from '../manifest.ts'
import { names } from '../names.ts'
import type { SecretEntry } from '../systems/system.ts'
import { secretEntryName } from './entries.ts'

/** A Secret of the cluster that is made from entries of the secret manager. */
export type SecretWanted = {
  readonly name: string
  readonly namespace: string
  /** The folder that it is rendered to. */
  readonly component: string
  /** `kubernetes.io/basic-auth`, `kubernetes.io/tls`, …; Opaque when left out. */
  readonly type?: string
  /** Variables → properties of entries; without `template` they are the keys of the Secret. */
  readonly from: Readonly<Record<string, { readonly entry: SecretEntry; readonly property: string }>>
  /** Keys of the Secret as Go templates over the variables: `{{ .password | sha256sum }}`. */
  readonly template?: Readonly<Record<string, string>>
  /** Labels of the Secret itself, for operators that watch them (`cnpg.io/reload`). */
  readonly secretLabels?: Readonly<Record<string, string>>
}

/** The ExternalSecret that makes `wanted`; the secret manager is the only place that holds the value. */
export const externalSecret = (environment: ClusterEnvironment, wanted: SecretWanted): Manifest => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name: wanted.name, namespace: wanted.namespace, labels: labelsOf(wanted.component) },
  spec: {
    refreshInterval: '1h0m0s',
    secretStoreRef: { kind: 'ClusterSecretStore', name: names.secretStore },
    target: {
      name: wanted.name,
      creationPolicy: 'Owner',
      deletionPolicy: 'Retain',
      template: {
        engineVersion: 'v2',
        type: wanted.type ?? 'Opaque',
        ...(wanted.secretLabels === undefined ? {} : { metadata: { labels: wanted.secretLabels } }),
        ...(wanted.template === undefined ? {} : { data: wanted.template }),
      },
    },
    data: Object.entries(wanted.from).map(([secretKey, { entry, property }]) => ({
      secretKey,
      remoteRef: { key: secretEntryName(environment, entry), property },
    })),
  },
})
