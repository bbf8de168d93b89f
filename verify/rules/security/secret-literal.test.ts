import { expect, test } from 'vitest'
import { findingsOf } from '../../testing/world-of.ts'
import { secretLiteral } from './secret-literal.ts'

const pathsIn = (yaml: string) => findingsOf(secretLiteral, yaml).map(({ path }) => path)

const pod = (container: string) => `apiVersion: v1
kind: Pod
metadata: { name: a, namespace: prod }
spec: { containers: [{ name: a, image: a, ${container} }] }
`
const map = (key: string, text: string) =>
  `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'prod' }, data: { [key]: text } })}\n`

const custom = (spec: string) => `apiVersion: clickhouse.altinity.com/v1
kind: ClickHouseInstallation
metadata: { name: a, namespace: prod }
spec: ${spec}
`

test('a Secret with values is refused, one without is not', () => {
  const secret = (rest: string) => `apiVersion: v1
kind: Secret
metadata: { name: a, namespace: prod }
${rest}
`
  expect(pathsIn(secret('stringData: { password: hunter2 }'))).toEqual(['stringData'])
  expect(pathsIn(secret('data: { password: aHVudGVyMg== }'))).toEqual(['data'])
  expect(pathsIn(secret('type: kubernetes.io/service-account-token'))).toEqual([])
})

test.each([
  'env: [{ name: DB_PASSWORD, value: hunter2 }]',
  'env: [{ name: OPENAI_APIKEY, value: sk-123 }]',
  'env: [{ name: DATABASE_URL, value: "postgres://market:hunter2@postgres:5432/market" }]',
  'args: ["redis-server", "--requirepass", "hunter2"]',
  'command: ["mysql", "--password=hunter2"]',
])('a container that is given a password in the open is refused: %s', (container) => {
  expect(pathsIn(pod(container))).toHaveLength(1)
})

test.each([
  'env: [{ name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: a, key: b } } }]',
  'env: [{ name: DATABASE_URL, value: "postgres://market:$(DB_PASSWORD)@postgres:5432/market" }]',
  'env: [{ name: DB_PASSWORD_FILE, value: /run/secrets/password }]',
  'env: [{ name: ACCESS_TOKEN_PUBLIC_KEY, value: MFkwEwYH }]',
  'env: [{ name: DISABLE_TOKEN, value: "true" }]',
  'args: ["--password-file=/run/secrets/password", "--token-ttl=1h"]',
  'args: ["--requirepass", "$(REDIS_PASSWORD)"]',
])('a container that takes it from elsewhere is fine: %s', (container) => {
  expect(pathsIn(pod(container))).toEqual([])
})

test.each([
  ['kong.yml', 'consumers:\n  - username: web\n    jwt_secrets:\n      - key: web\n        secret: hunter2\n'],
  ['app.properties', 'db.password=hunter2\n'],
  ['PASSWORD', 'hunter2'],
  ['tls.key', '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----\n'],
])('a ConfigMap with a secret is refused: %s', (key, text) => {
  expect(pathsIn(map(key, text))).toEqual([`data.${key}`])
})

test.each([
  ['kong.yml', 'plugins:\n  - name: jwt\n    config:\n      secret_is_base64: false\n      key_claim_name: iss\n'],
  ['kong.yml', "redis:\n  password: '{vault://env/redis-password}'\n"],
  ['grafana.ini', '[security]\nadmin_password = $__file{/etc/secrets/password}\n'],
  ['prometheus.yml', 'basic_auth:\n  password_file: /etc/secrets/password\n'],
  ['dashboard.json', '{ "title": "Token usage", "token": "" }'],
])('a ConfigMap that only names where a secret is is fine: %s', (key, text) => {
  expect(pathsIn(map(key, text))).toEqual([])
})

test('a custom resource with a password is refused, one with a reference is not', () => {
  const users = (user: string) => custom(`{ configuration: { users: { ${user} } } }`)
  expect(pathsIn(users('knowton_user/password: knowton_password'))).toHaveLength(1)
  expect(pathsIn(users('knowton_user/k8s_secret_env_password_sha256_hex: a/b/c'))).toEqual([])
})
