import { type CloudAccount, type ClusterEnvironment, components, toYaml } from '@knowton/derive'
import { clusters } from '@knowton/infra'
import { platform } from '@knowton/system'
import { createWorld, loadText, rules, verify } from '@knowton/verify'
import { expect, test } from 'vitest'
import { contextOf } from '../verify/context.ts'

const id = (digit: number): string => `00000000-0000-4000-8000-00000000000${digit}`
const clouds: readonly CloudAccount[] = [
  { kind: 'eks', region: 'eu-west-1', account: '123456789012' },
  { kind: 'gke', region: 'europe-west1', project: 'knowton-eu' },
  {
    kind: 'aks',
    region: 'westeurope',
    resourceGroup: 'knowton',
    subscription: id(1),
    tenant: id(2),
    vaultUrl: 'https://knowton.vault.azure.net',
    storageAccount: 'knowtonstore',
    clientIds: { secrets: id(3), dns: id(4) },
  },
]
const cases = clouds.flatMap((cloud) =>
  (['torchserve', 'triton'] as const).map((backend) => ({ name: `${cloud.kind} with ${backend}`, cloud, backend })),
)

test.each(cases)('production on $name has no fault but images that nobody has pinned yet', ({ cloud, backend }) => {
  const { production } = clusters
  const environment: ClusterEnvironment = {
    ...production,
    cloud,
    inference: { ...production.inference, backend },
    weaviate: { ...production.weaviate, openai: true },
  }
  const objects = components(platform, environment).flatMap(({ files }) => Object.values(files).flat())
  const loading = loadText(objects.map((object) => toYaml([object])).join('---\n'), `${cloud.kind}.yaml`)
  const world = createWorld(loading, contextOf(platform, environment, new Date('2026-11-23T00:00:00Z')))
  const found = verify(world, rules).filter(
    ({ severity, rule }) => severity !== 'note' && !['image-not-pinned', 'image-untagged'].includes(rule),
  )
  expect(found).toEqual([])
})
