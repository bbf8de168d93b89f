import { namespaceOf } from '../../model/modelled.ts'
import type { Loaded } from '../../types.ts'
import { isObject, listAt, textAt } from '../../values.ts'
import type { Reference } from './reference.ts'

/** What Certificates and ExternalSecrets name: issuers, stores and the accounts that stores use. */
export const storeReferences = (on: Loaded): readonly Reference[] => {
  if (on.ref.group === 'cert-manager.io') return ofCertificates(on)
  if (on.ref.group !== 'external-secrets.io') return []
  if (on.ref.kind === 'ExternalSecret') return ofExternalSecret(on)
  return on.ref.kind === 'SecretStore' || on.ref.kind === 'ClusterSecretStore' ? accountsOf(on) : []
}

const ofCertificates = (on: Loaded): readonly Reference[] => {
  const issuer = on.manifest.spec
  const kind = textAt(issuer, 'issuerRef.kind') ?? 'Issuer'
  const group = textAt(issuer, 'issuerRef.group') ?? 'cert-manager.io'
  const name = textAt(issuer, 'issuerRef.name')
  const authority = textAt(issuer, 'ca.secretName')
  return [
    ...(on.ref.kind === 'Certificate' && name !== undefined && group === 'cert-manager.io'
      ? [reference(on, 'spec.issuerRef.name', kind, kind === 'ClusterIssuer' ? undefined : namespaceOf(on), name)]
      : []),
    ...(authority === undefined
      ? []
      : [
          {
            ...reference(
              on,
              'spec.ca.secretName',
              'Secret',
              on.ref.kind === 'ClusterIssuer' ? 'cert-manager' : namespaceOf(on),
              authority,
            ),
            keys: ['tls.crt', 'tls.key'],
          },
        ]),
  ]
}

const ofExternalSecret = (on: Loaded): readonly Reference[] => [
  ...storeOf(on, 'spec.secretStoreRef', on.manifest.spec, 'secretStoreRef'),
  ...['data', 'dataFrom'].flatMap((list) =>
    listAt(on.manifest, `spec.${list}`).flatMap((item, index) =>
      storeOf(on, `spec.${list}[${index}].sourceRef.storeRef`, item, 'sourceRef.storeRef'),
    ),
  ),
]

const storeOf = (on: Loaded, path: string, value: unknown, field: string): readonly Reference[] => {
  const kind = textAt(value, `${field}.kind`) ?? 'SecretStore'
  const name = textAt(value, `${field}.name`)
  const namespace = kind === 'ClusterSecretStore' ? undefined : namespaceOf(on)
  return name === undefined ? [] : [reference(on, `${path}.name`, kind, namespace, name)]
}

/** `serviceAccountRef` of cloud providers and `auth.serviceAccount` of the one that reads another namespace. */
const accountsOf = (on: Loaded): readonly Reference[] => {
  const found: Reference[] = []
  const visit = (value: unknown, path: string): void => {
    if (!isObject(value)) return
    for (const [field, inner] of Object.entries(value)) {
      const name = textAt(inner, 'name')
      const namespace = textAt(inner, 'namespace') ?? on.ref.namespace
      if (
        (field === 'serviceAccountRef' || field === 'serviceAccount') &&
        name !== undefined &&
        namespace !== undefined
      )
        found.push(reference(on, `${path}.${field}.name`, 'ServiceAccount', namespace, name))
      visit(inner, `${path}.${field}`)
    }
  }
  visit(on.manifest.spec, 'spec')
  return found
}

const reference = (on: Loaded, path: string, kind: string, namespace: string | undefined, name: string): Reference => ({
  on,
  path,
  kind,
  namespace,
  name,
  keys: [],
})
