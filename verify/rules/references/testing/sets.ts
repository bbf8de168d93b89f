/** YAML of the objects that tests of references are made of, in namespace prod unless another is named. */
export const object = (apiVersion: string, kind: string, name: string, rest = '', namespace = 'prod') => `---
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
${rest}
`
export const workload = (pod: string, labels = '{ app: web }', selector = '{ app: web }') =>
  object(
    'apps/v1',
    'Deployment',
    'web',
    `spec: { selector: { matchLabels: ${selector} }, template: { metadata: { labels: ${labels} }, spec: { ${pod} } } }`,
  )
export const container = (rest: string) => `containers: [{ name: app, image: i, ${rest} }]`
export const plain = workload(container('ports: [{ name: http, containerPort: 3000 }]'))

export const secretEnv = workload(
  container('env: [{ name: A, valueFrom: { secretKeyRef: { name: db, key: password } } }]'),
)
export const externalSecret = (keys: string) =>
  object('external-secrets.io/v1', 'ExternalSecret', 'db', `spec: { target: { template: { data: { ${keys} } } } }`)
export const configVolume = workload(
  `volumes: [{ name: c, configMap: { name: settings, items: [{ key: a.yml, path: a.yml }] } }], ${container('resources: {}')}`,
)
export const settings = (data: string) => object('v1', 'ConfigMap', 'settings', `data: { ${data} }`)
export const claimVolume = workload(
  `volumes: [{ name: d, persistentVolumeClaim: { claimName: files } }], ${container('resources: {}')}`,
)
export const service = (selector: string, port: string, more = '') =>
  object(
    'v1',
    'Service',
    'web',
    `spec: { ${more} selector: ${selector}, ports: [{ name: http, port: 80, targetPort: ${port} }] }`,
  )
export const calling = (url: string) => workload(container(`env: [{ name: PEER_URL, value: "${url}" }]`))
export const set = (more = '') =>
  object(
    'apps/v1',
    'StatefulSet',
    'store',
    `spec: { serviceName: store, selector: { matchLabels: { app: store } }, template: { metadata: { labels: { app: store } }, spec: { ${container('ports: [{ containerPort: 5432 }]')} } }${more} }`,
  )
export const headless = (ip: string) =>
  object('v1', 'Service', 'store', `spec: { clusterIP: ${ip}, selector: { app: store }, ports: [{ port: 5432 }] }`)
export const monitor = (port: string, label = 'web', rest = '') =>
  object(
    'monitoring.coreos.com/v1',
    'PodMonitor',
    'web',
    `spec: { selector: { matchLabels: { app: ${label} } }, podMetricsEndpoints: [{ port: ${port} }]${rest} }`,
  )
export const prometheus = object(
  'monitoring.coreos.com/v1',
  'Prometheus',
  'main',
  'spec: { podMonitorSelector: {}, podMonitorNamespaceSelector: {} }',
  'monitoring',
)
export const cnpg = (spec: string) =>
  object('postgresql.cnpg.io/v1', 'Cluster', 'pg', `spec: { instances: 3, ${spec} }`)
export const binding = (kind: string, name: string) =>
  object(
    'rbac.authorization.k8s.io/v1',
    'RoleBinding',
    'b',
    `roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: ${name} }\nsubjects: [{ kind: ServiceAccount, name: default, namespace: prod }]`,
  )
