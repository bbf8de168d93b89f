import { expect, test } from 'vitest'
import { deployment } from '../../testing/deployment.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { configChecksumMissing } from './config-checksum-missing.ts'

const map = (name: string) => `---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: prod }
data: { LOG_LEVEL: info }
`
const reading = (name: string) => `envFrom: [{ configMapRef: { name: ${name} } }]`

test('pods that read a ConfigMap at their start follow its changes', () => {
  expect(
    findingsOf(configChecksumMissing, deployment({ container: reading('settings') }) + map('settings')),
  ).toMatchObject([{ path: 'spec.template.metadata.annotations' }])
  expect(
    findingsOf(
      configChecksumMissing,
      deployment({ container: reading('settings'), annotations: '{ checksum/config: abc }' }) + map('settings'),
    ),
  ).toEqual([])
})

test('a hash in the name is as good', () => {
  const name = 'settings-5tk8h2mb9c'
  expect(findingsOf(configChecksumMissing, deployment({ container: reading(name) }) + map(name))).toEqual([])
})

test('a mounted folder is renewed while the pod runs, a single file is not', () => {
  const mounted = (subPath: string) =>
    deployment({
      pod: 'volumes: [{ name: v, configMap: { name: settings } }]',
      container: `volumeMounts: [{ name: v, mountPath: /etc/app${subPath} }]`,
    }) + map('settings')
  expect(findingsOf(configChecksumMissing, mounted(''))).toEqual([])
  expect(findingsOf(configChecksumMissing, mounted(', subPath: app.yaml'))).toHaveLength(1)
})
