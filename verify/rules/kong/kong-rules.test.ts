import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.ts'
import { type Fault, testFamily } from '../../testing/family-suite.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { kongRules } from './index.ts'
import { kongPathStripped } from './kong-routes.ts'

const gateway = `
apiVersion: v1
kind: ConfigMap
metadata: { name: kong-config, namespace: shop }
data:
  kong.yml: |
    _format_version: "3.0"
    plugins:
      - name: prometheus
    consumers:
      - username: shop
        jwt_secrets: [{ key: shop, algorithm: ES256, rsa_public_key: "{{ .publicKey }}" }]
    services:
      - name: carts
        url: http://carts
        routes: [{ name: carts, paths: [/carts, /baskets], strip_path: false }]
        plugins:
          - name: jwt
            config: { claims_to_verify: [exp] }
          - name: cors
            config: { origins: [https://shop.example] }
          - name: rate-limiting
            config: { minute: 100, policy: redis, redis: { host: counts } }
      - name: orders
        url: http://orders
        routes: [{ name: orders, paths: [/orders] }]
        plugins:
          - name: jwt
            config: { claims_to_verify: [exp] }
          - name: cors
            config: { origins: [https://shop.example] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: kong, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: kong } }
  template:
    metadata: { labels: { app: kong }, annotations: { checksum/config: abc } }
    spec:
      containers:
        - name: kong
          image: docker.io/library/kong:3.9.3
          env:
            - { name: KONG_DATABASE, value: "off" }
            - { name: KONG_DECLARATIVE_CONFIG, value: /kong/kong.yml }
            - { name: KONG_STATUS_LISTEN, value: 0.0.0.0:8100 }
            - { name: KONG_ADMIN_LISTEN, value: "off" }
            - { name: KONG_SSL_CERT, value: /tls/tls.crt }
          ports: [{ name: tls, containerPort: 8443 }]
          volumeMounts: [{ name: config, mountPath: /kong }]
      volumes: [{ name: config, configMap: { name: kong-config } }]
---
apiVersion: v1
kind: Service
metadata: { name: kong, namespace: shop }
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector: { app: kong }
  ports: [{ name: tls, port: 443, targetPort: tls }]
`

const redisCluster = `
---
apiVersion: redis.redis.opstreelabs.in/v1beta2
kind: RedisCluster
metadata: { name: cache, namespace: shop }
spec: { clusterSize: 3, kubernetesConfig: { image: "quay.io/opstree/redis:v7" } }
`

const faults: readonly Fault[] = [
  {
    rule: 'kong-config-frozen',
    from: ', annotations: { checksum/config: abc }',
    to: '',
    on: 'Deployment/kong',
    path: 'spec.template.spec.volumes',
    says: 'until somebody restarts it',
  },
  {
    rule: 'kong-config-ignored',
    from: 'value: "off" }\n            - { name: KONG_DECL',
    to: 'value: postgres }\n            - { name: KONG_DECL',
    on: 'Deployment/kong',
    path: 'spec.template.spec.containers[0].env[0]',
    says: 'every request is answered with 404',
  },
  {
    rule: 'kong-config-ignored',
    from: '            - { name: KONG_DECLARATIVE_CONFIG, value: /kong/kong.yml }\n',
    to: '',
    on: 'Deployment/kong',
    path: 'spec.template.spec.containers[0]',
    says: 'no setting names it',
  },
  {
    rule: 'kong-config-missing',
    from: 'value: /kong/kong.yml',
    to: 'value: /kong/other.yml',
    on: 'Deployment/kong',
    path: 'spec.template.spec.containers[0].env[1]',
    says: 'only /kong/kong.yml',
  },
  {
    rule: 'kong-database-unprepared',
    from: 'value: "off" }\n            - { name: KONG_DECL',
    to: 'value: postgres }\n            - { name: KONG_DECL',
    on: 'Deployment/kong',
    path: 'spec.template.spec.containers[0].env[0]',
    says: 'KONG_PG_PASSWORD',
  },
  {
    rule: 'kong-path-stripped',
    from: ', strip_path: false',
    to: '',
    on: 'ConfigMap/kong-config',
    path: 'data.kong.yml',
    says: '/carts/42 and /baskets/42',
  },
  {
    rule: 'kong-jwt-without-consumer',
    from: 'jwt_secrets: [{ key: shop, algorithm: ES256, rsa_public_key: "{{ .publicKey }}" }]',
    to: 'custom_id: shop',
    on: 'ConfigMap/kong-config',
    path: 'data.kong.yml',
    says: '401',
  },
  {
    rule: 'kong-jwt-expiry-unchecked',
    from: 'claims_to_verify: [exp]',
    to: 'key_claim_name: iss',
    on: 'ConfigMap/kong-config',
    path: 'data.kong.yml',
    says: 'expired',
  },
  {
    rule: 'kong-route-open',
    from: 'paths: [/orders] }]\n        plugins:\n          - name: jwt',
    to: 'paths: [/orders] }]\n        plugins:\n          - name: acme',
    on: 'ConfigMap/kong-config',
    path: 'data.kong.yml',
    says: 'the service orders without a token',
  },
  {
    rule: 'kong-cors-narrow',
    from: 'origins: [https://shop.example] }',
    to: 'origins: [https://shop.example], methods: [GET, POST] }',
    on: 'ConfigMap/kong-config',
    path: 'data.kong.yml',
    says: 'allows only GET, POST',
  },
  {
    rule: 'kong-cors-uneven',
    from: '          - name: cors\n            config: { origins: [https://shop.example] }\n---',
    to: '---',
    on: 'ConfigMap/kong-config',
    path: 'data.kong.yml',
    says: 'the service orders',
  },
  {
    rule: 'kong-rate-limit-per-replica',
    from: 'policy: redis',
    to: 'policy: local',
    on: 'ConfigMap/kong-config',
    path: 'data.kong.yml',
    says: 'up to 3 times',
  },
  {
    rule: 'kong-rate-limit-by-proxy',
    from: '  externalTrafficPolicy: Local\n',
    to: '',
    on: 'ConfigMap/kong-config',
    path: 'data.kong.yml',
    says: 'the Service kong replaces',
  },
  {
    rule: 'kong-rate-limit-cluster',
    from: 'policy: redis',
    to: 'policy: cluster',
    on: 'ConfigMap/kong-config',
    path: 'data.kong.yml',
    says: 'not start',
  },
  {
    rule: 'kong-rate-limit-redis-cluster',
    from: 'host: counts',
    to: 'host: cache-leader.shop.svc.cluster.local',
    on: 'ConfigMap/kong-config',
    path: 'data.kong.yml',
    says: 'MOVED',
  },
  {
    rule: 'kong-admin-exposed',
    from: 'KONG_ADMIN_LISTEN, value: "off"',
    to: 'KONG_ADMIN_LISTEN, value: "0.0.0.0:8001"',
    on: 'Deployment/kong',
    path: 'spec.template.spec.containers[0].env[3]',
    says: 'all routes and keys',
  },
  {
    rule: 'kong-admin-unreachable',
    from: 'ports: [{ name: tls',
    to: 'ports: [{ name: admin, containerPort: 8001 }, { name: tls',
    on: 'Deployment/kong',
    path: 'spec.template.spec.containers[0].ports[0]',
    says: 'port 8001',
  },
  {
    rule: 'kong-status-off',
    from: 'value: 0.0.0.0:8100',
    to: 'value: 127.0.0.1:8007',
    on: 'Deployment/kong',
    path: 'spec.template.spec.containers[0].env[2]',
    says: 'Neither the kubelet',
  },
  {
    rule: 'kong-metrics-missing',
    from: '- name: prometheus',
    to: '- name: correlation-id',
    on: 'ConfigMap/kong-config',
    path: 'data.kong.yml',
    says: 'prometheus',
  },
  {
    rule: 'kong-certificate-default',
    from: '            - { name: KONG_SSL_CERT, value: /tls/tls.crt }\n',
    to: '',
    on: 'Service/kong',
    path: 'spec.ports[0]',
    says: 'port 443',
  },
]

test('what runs beside a gateway from the same image is no gateway', () => {
  const watcher = edited(
    gateway,
    'image: docker.io/library/kong:3.9.3',
    'image: kong:3.9.3\n          command: [sh, -c, "sleep 60"]',
  )
  for (const rule of kongRules) expect(findingsOf(rule, watcher)).toEqual([])
})

testFamily(kongRules, gateway + redisCluster, faults)

test('reads a declaration that an ExternalSecret fills in', () => {
  const [before = '', rest = ''] = edited(
    gateway,
    'configMap: { name: kong-config }',
    'secret: { secretName: kong-config }',
  ).split('  kong.yml: |\n')
  const [declaration = '', after = ''] = rest.split('\n---\n', 1).concat(rest.slice(rest.indexOf('\n---\n')))
  const kept = [
    before.replace('v1\nkind: ConfigMap', 'external-secrets.io/v1\nkind: ExternalSecret').replace('data:\n', 'spec:\n'),
    '  target:\n    template:\n      data:\n        kong.yml: |\n',
    declaration.replaceAll(/^/gm, '      '),
    after,
  ].join('')
  expect(findingsOf(kongPathStripped, kept)).toEqual([])
  const [finding] = findingsOf(kongPathStripped, edited(kept, ', strip_path: false', ''))
  expect(finding).toMatchObject({ object: { kind: 'ExternalSecret' }, path: 'spec.target.template.data.kong.yml' })
})
