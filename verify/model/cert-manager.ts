import { labelsAt, listAt, textAt, valueAt } from '../values.ts'
import { holder, type Model, nothing } from './modelled.ts'

/** A Certificate becomes a Secret with the pair and the authority that signed it. */
export const certificate: Model = (object) => {
  const name = textAt(object.manifest, 'spec.secretName')
  if (name === undefined) return nothing
  const formats = listAt(object.manifest, 'spec.additionalOutputFormats').map((format) => textAt(format, 'type'))
  const has = (keystore: string) => valueAt(object.manifest, `spec.keystores.${keystore}.create`) === true
  const keys = [
    ...['tls.crt', 'tls.key', 'ca.crt'],
    ...(formats.includes('CombinedPEM') ? ['tls-combined.pem'] : []),
    ...(formats.includes('DER') ? ['key.der'] : []),
    ...(has('jks') ? ['keystore.jks', 'truststore.jks'] : []),
    ...(has('pkcs12') ? ['keystore.p12', 'truststore.p12'] : []),
  ]
  return { pods: [], provided: [holder('Secret', object, name, keys)] }
}

/** An ACME issuer writes the key of its account itself; one of the whole cluster does so where cert-manager runs. */
export const acmeIssuer: Model = (object) => {
  const name = textAt(object.manifest, 'spec.acme.privateKeySecretRef.name')
  if (name === undefined) return nothing
  const account = holder('Secret', object, name, ['tls.key'])
  return {
    pods: [],
    provided: [object.ref.kind === 'ClusterIssuer' ? { ...account, namespace: 'cert-manager' } : account],
  }
}

/** Annotations by which cert-manager makes the certificates that an Ingress or Gateway names. */
const issuerAnnotations = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer', 'kubernetes.io/tls-acme']

/** Secrets for an annotated Ingress or Gateway. */
export const annotated: Model = (object) => {
  const annotations = labelsAt(object.manifest, 'metadata.annotations')
  if (!issuerAnnotations.some((key) => key in annotations)) return nothing
  const names = [
    ...listAt(object.manifest, 'spec.tls').map((tls) => textAt(tls, 'secretName')),
    ...listAt(object.manifest, 'spec.listeners').flatMap((listener) =>
      listAt(listener, 'tls.certificateRefs').map((reference) => textAt(reference, 'name')),
    ),
  ]
  return {
    pods: [],
    provided: names.flatMap((name) =>
      name === undefined ? [] : [holder('Secret', object, name, ['tls.crt', 'tls.key', 'ca.crt'])],
    ),
  }
}
