import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { workloadUnserved } from './workload-unserved.ts'

const served = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop, namespace: shop }
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: shop, image: shop:1, ports: [{ name: http, containerPort: 3000 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: shop, namespace: shop }
spec: { selector: { app: shop }, ports: [{ port: 80, targetPort: http }] }
`

test('finds a workload that no Service leads to', () => {
  expect(findingsOf(workloadUnserved, served)).toEqual([])
  const [finding] = findingsOf(workloadUnserved, edited(served, 'selector: { app: shop }', 'selector: { app: other }'))
  expect(finding?.object).toMatchObject({ kind: 'Deployment', name: 'shop' })
  expect(finding?.says).toContain('port 3000')
})

test('a port for measuring needs no Service', () => {
  const measured = edited(
    edited(served, 'name: http,', 'name: metrics,'),
    '{ app: shop }, ports',
    '{ app: other }, ports',
  )
  expect(findingsOf(workloadUnserved, measured)).toEqual([])
})
