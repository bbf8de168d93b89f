import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.ts'
import { testFamily } from '../../testing/family-suite.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { inferenceRules } from './index.ts'
import { torchserveConfigIgnored, torchserveEnvironmentIgnored, torchserveUnmaintained } from './torchserve-settings.ts'

const right = `
apiVersion: v1
kind: ConfigMap
metadata: { name: serve, namespace: ai }
data:
  config.properties: |
    inference_address=http://0.0.0.0:8080
    management_address=http://127.0.0.1:8081
    enable_envvars_config=true
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: serve, namespace: ai }
spec:
  replicas: 2
  selector: { matchLabels: { app: serve } }
  template:
    metadata: { labels: { app: serve } }
    spec:
      containers:
        - name: serve
          image: pytorch/torchserve:0.12.0-gpu
          args: [torchserve, --start, --foreground, --ts-config, /config/config.properties]
          env: [{ name: TS_MAX_REQUEST_SIZE, value: "104857600" }]
          livenessProbe: { httpGet: { path: /ping, port: 8080 } }
          volumeMounts: [{ name: config, mountPath: /config }]
      volumes: [{ name: config, configMap: { name: serve } }]
`
const args = '          args: [torchserve, --start, --foreground, --ts-config, /config/config.properties]\n'

const kept = inferenceRules.filter(({ id }) => id !== 'torchserve-unmaintained')

testFamily(kept, right, [
  {
    rule: 'torchserve-config-ignored',
    from: args,
    to: '',
    on: 'Deployment/serve',
    path: 'spec.template.spec.containers[0].volumeMounts',
    says: 'will not read /config/config.properties: it reads /home/model-server/config.properties',
  },
  {
    rule: 'torchserve-environment-ignored',
    from: '    enable_envvars_config=true\n',
    to: '',
    on: 'Deployment/serve',
    path: 'spec.template.spec.containers[0].env[0]',
    says: 'TS_MAX_REQUEST_SIZE will do nothing',
  },
  {
    rule: 'torchserve-management-exposed',
    from: 'http://127.0.0.1:8081',
    to: 'http://0.0.0.0:8081',
    on: 'ConfigMap/serve',
    path: 'data.config.properties',
    says: 'a model is code',
  },
  {
    rule: 'torchserve-management-exposed',
    from: args,
    to: '',
    on: 'Deployment/serve',
    path: 'spec.template.spec.containers[0]',
    says: 'port 8081',
  },
  {
    rule: 'torchserve-tokens-off',
    from: '--foreground',
    to: '--disable-token-auth',
    on: 'Deployment/serve',
    path: 'spec.template.spec.containers[0]',
    says: 'the server is started with --disable-token-auth',
  },
  {
    rule: 'torchserve-death-unnoticed',
    from: `${args}          env: [{ name: TS_MAX_REQUEST_SIZE, value: "104857600" }]\n          livenessProbe: { httpGet: { path: /ping, port: 8080 } }\n`,
    to: '',
    on: 'Deployment/serve',
    path: 'spec.template.spec.containers[0]',
    says: 'tail -f /dev/null',
  },
])

test('says of every TorchServe that nobody maintains it, and of no other server', () => {
  expect(findingsOf(torchserveUnmaintained, right).map(({ path }) => path)).toEqual([
    'spec.template.spec.containers[0].image',
  ])
  const triton = edited(right, 'pytorch/torchserve:0.12.0-gpu', 'nvcr.io/nvidia/tritonserver:25.10-py3')
  expect(findingsOf(torchserveUnmaintained, triton)).toEqual([])
})

test('the variable names the file as well as the argument', () => {
  const named = edited(
    edited(right, args, ''),
    'env: [',
    'env: [{ name: TS_CONFIG_FILE, value: /config/config.properties }, ',
  )
  expect(findingsOf(torchserveConfigIgnored, named)).toEqual([])
  expect(findingsOf(torchserveEnvironmentIgnored, named)).toEqual([])
})

test('says nothing about a configuration that is not in the files', () => {
  const unknown = edited(right, 'configMap: { name: serve }', 'configMap: { name: other }')
  for (const rule of kept) expect(findingsOf(rule, unknown)).toEqual([])
})
