import { expect, test } from 'vitest'
import { deployment } from '../../testing/deployment.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { portUnnamed } from './port-unnamed.ts'

test('ports have names', () => {
  expect(findingsOf(portUnnamed, deployment({ container: 'ports: [{ containerPort: 3000 }]' }))).toMatchObject([
    { path: 'spec.template.spec.containers[0].ports[0]' },
  ])
  expect(findingsOf(portUnnamed, deployment({ container: 'ports: [{ name: http, containerPort: 3000 }]' }))).toEqual([])
})
