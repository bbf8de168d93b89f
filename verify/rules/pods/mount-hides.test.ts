import { expect, test } from 'vitest'
import { deployment } from '../../testing/deployment.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { mountHides } from './mount-hides.ts'

const kong = (mount: string) =>
  deployment({ image: 'kong:3.4', container: `volumeMounts: [{ name: config, ${mount} }]` })

test('a volume does not cover what the image needs', () => {
  for (const path of ['/etc/kong', '/etc/kong/'])
    expect(findingsOf(mountHides, kong(`mountPath: ${path}`))).toMatchObject([
      { path: 'spec.template.spec.containers[0].volumeMounts[0].mountPath' },
    ])
})

test('a folder of its own, or a single file, hides nothing', () => {
  expect(findingsOf(mountHides, kong('mountPath: /kong/declarative'))).toEqual([])
  expect(findingsOf(mountHides, kong('mountPath: /etc/kong, subPath: kong.yml'))).toEqual([])
  expect(findingsOf(mountHides, kong('mountPath: /etc/kong').replace('kong:3.4', 'example.org/kong:1'))).toEqual([])
})
