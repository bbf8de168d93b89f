import { describe, expect, test } from 'vitest'
import { fieldsOf, moduleInputs } from '../testing/terraform-inputs.ts'
import { toyCluster, toyMachine } from '../testing/toy-cluster.ts'
import { toyPlatform } from '../testing/toy-platform.ts'
import { aks } from './aks.ts'
import type { TerraformBlock } from './document.ts'
import { eks } from './eks.ts'
import { gke } from './gke.ts'
import { moduleSources } from './modules.ts'
import { terraformFiles } from './terraform-files.ts'
import { variableValues } from './variables.ts'

const documents = { eks, gke, aks }
const uses = [
  ['eks', 'vpc', 'aws-vpc'],
  ['eks', 'eks', 'aws-eks'],
  ['gke', 'gke', 'gke'],
  ['aks', 'aks', 'aks'],
] as const

const META = ['source', 'depends_on']

/** Whether a value may stand for the type; a whole string that is an expression may stand for any. */
const fits = (type: string, value: unknown): boolean => {
  if (typeof value === 'string' && value.startsWith('${')) return true
  if (type.startsWith('bool')) return typeof value === 'boolean'
  if (type.startsWith('number')) return typeof value === 'number'
  if (type.startsWith('string')) return typeof value === 'string'
  if (/^(list|set|tuple)\(/.test(type)) return Array.isArray(value)
  if (/^(map|object)\(/.test(type)) return typeof value === 'object' && value !== null && !Array.isArray(value)
  return type.startsWith('any')
}

describe.each(uses)('%s: arguments of the module %s', (cloud, name, module) => {
  const used: TerraformBlock = documents[cloud](toyPlatform, toyCluster).module[name] ?? {}
  const given = Object.entries(used).filter(([key]) => !META.includes(key))
  const { commit, required, inputs } = moduleInputs[module]

  test('are inputs of that module, of their types, at that commit', () => {
    expect(given.length).toBeGreaterThan(5)
    expect(moduleSources[module]).toContain(commit)
    expect(given.filter(([key, value]) => !fits(inputs[key] ?? 'unknown', value)).map(([key]) => key)).toEqual([])
  })

  test('hold what the module requires', () => {
    expect(required.filter((key) => !(key in used))).toEqual([])
  })

  test('fill in fields that their types have', () => {
    for (const [key, value] of given.filter(([key]) => /^(eks_managed_node_groups|node_pools|addons)$/.test(key))) {
      const fields = fieldsOf(inputs[key] ?? '')
      if (fields.size === 0 || typeof value !== 'object') continue
      for (const pool of Object.values(value)) {
        expect(Object.keys(pool).filter((field) => !fields.has(field))).toEqual([])
      }
    }
  })
})

test('every module is pinned to a commit', () => {
  for (const source of Object.values(moduleSources)) expect(source).toMatch(/^git::https:.*\?ref=[0-9a-f]{40}$/)
})

test.each(Object.entries(documents))('%s is the same for every environment but for its values', (_, document) => {
  const other = { ...toyCluster, name: 'other', domain: 'other.example', objectStore: { ...toyCluster.objectStore } }
  expect(document(toyPlatform, other)).toEqual(document(toyPlatform, toyCluster))
})

test.each(Object.entries(documents))(
  '%s declares every variable, resource and data source that it names',
  (_, document) => {
    const whole = document(toyPlatform, toyCluster)
    const text = JSON.stringify(whole).replaceAll('\\"', '"')
    const names = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, ...path]) => path.join('.')))]
    const unknown = [
      ...names(/\bvar\.(\w+)/g).filter((name) => !(name in whole.variable)),
      ...names(/\bmodule\.(\w+)\./g).filter((name) => !(name in whole.module)),
      ...names(/\bdata\.(\w+)\.(\w+)/g).filter((path) => !isThere(whole.data, path)),
      ...names(/(?<!data\.)\b((?:aws|google|azurerm)_\w+)\.(\w+)/g).filter((path) => !isThere(whole.resource, path)),
    ]
    expect(unknown).toEqual([])
  },
)

const isThere = (blocks: Readonly<Record<string, TerraformBlock>>, path: string): boolean => {
  const [type = '', name = ''] = path.split('.')
  return blocks[type]?.[name] !== undefined
}

test.each(['eks', 'gke', 'aks'] as const)(
  'the values of an environment are all of the variables of %s that it knows',
  (cloud) => {
    const declared = Object.keys(documents[cloud](toyPlatform, toyCluster).variable)
    const known = Object.keys(variableValues(toyCluster, cloud))
    expect(known.filter((key) => !declared.includes(key))).toEqual([])
    expect(known).toContain('pools')
  },
)

test('pools carry their name as label, and as taint but for the general one', () => {
  const groups = eks(toyPlatform, toyCluster).module.eks?.eks_managed_node_groups
  expect(groups).toMatchObject({
    data: {
      labels: { 'knowton.io/pool': 'data' },
      taints: { 'knowton-io-pool': { key: 'knowton.io/pool', value: 'data', effect: 'NO_SCHEDULE' } },
    },
    'gpu-nodes': { ami_type: 'AL2023_x86_64_NVIDIA' },
  })
  expect(groups).not.toHaveProperty('general-purpose.taints')
})

test('network policies are enforced in every cloud', () => {
  expect(eks(toyPlatform, toyCluster).module.eks?.addons).toMatchObject({
    'vpc-cni': { configuration_values: '{"enableNetworkPolicy":"true"}' },
  })
  expect(gke(toyPlatform, toyCluster).module.gke).toMatchObject({ network_policy: true })
  expect(aks(toyPlatform, toyCluster).module.aks).toMatchObject({ network_policy: 'calico' })
})

test('a workload may write below its own prefix of a bucket and nowhere else', () => {
  const { statement } = (eks(toyPlatform, toyCluster).data.aws_iam_policy_document?.postgres ?? {}) as {
    statement: readonly { actions: readonly string[]; resources: readonly string[] }[]
  }
  const writes = statement.filter(({ actions }) => actions.includes('s3:PutObject'))
  expect(writes.map(({ resources }) => resources)).toEqual([[`\${aws_s3_bucket.platform["backups"].arn}/postgres/*`]])
})

test('a cloud gets one configuration and a file of values for each environment; one machine gets none', () => {
  const files = terraformFiles(toyPlatform, [toyCluster, toyMachine])
  expect(Object.keys(files)).toEqual(
    ['eks', 'gke', 'aks'].flatMap((cloud) => [`terraform/${cloud}/main.tf.json`, `terraform/${cloud}/toy.tfvars.json`]),
  )
  expect(terraformFiles(toyPlatform, [toyCluster, toyMachine])).toEqual(files)
  expect(terraformFiles(toyPlatform, [toyMachine])).toEqual({})
})
