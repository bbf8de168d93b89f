import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { moduleInputs } from '../testing/terraform-inputs.ts'
import { toyCluster } from '../testing/toy-cluster.ts'
import { toyPlatform } from '../testing/toy-platform.ts'
import { aks } from './aks.ts'
import type { TerraformBlock, TerraformDocument } from './document.ts'
import { eks } from './eks.ts'
import { gke } from './gke.ts'
import { moduleSources } from './modules.ts'

/**
 * Terraform itself judges the configurations, without a registry: each module is replaced by one that has its inputs
 * with their true types and the outputs that we read, each resource and data source of a cloud by one that is built in.
 */
const standIns = { vpc: 'aws-vpc', eks: 'aws-eks', gke: 'gke', aks: 'aks' } as const

const standIn = (name: keyof typeof standIns, text: string): object => {
  const { inputs, required } = moduleInputs[standIns[name]]
  const outputs = new Set(
    [...text.matchAll(new RegExp(`module\\.${name}\\.(\\w+)`, 'g'))].map(([, output = '']) => output),
  )
  return {
    variable: Object.fromEntries(
      Object.entries(inputs).map(([key, type]) => [
        key,
        { type, ...(required.includes(key) ? {} : { default: null }) },
      ]),
    ),
    output: Object.fromEntries([...outputs].map((output) => [output, { value: output.endsWith('s') ? [''] : '' }])),
  }
}

/** `aws_iam_role.works.arn` → `terraform_data.aws_iam_role_works.output`, and the same of data sources. */
const builtIn = (text: string): string =>
  text.replaceAll(
    /(?:data\.)?\b((?:aws|google|azurerm)_\w+)\.(\w+)((?:\[[^\]]*\])?)(?:\.\w+)*/g,
    (_, type: string, name: string, index: string) => `terraform_data.${type}_${name}${index === '' ? '' : index}`,
  )

const META = ['for_each', 'depends_on', 'lifecycle']

const asBuiltIn = (blocks: TerraformDocument['resource']): TerraformBlock =>
  Object.fromEntries(
    Object.entries(blocks).flatMap(([type, named]) =>
      Object.entries(named).map(([name, block]) => [
        `${type}_${name}`,
        {
          ...Object.fromEntries(Object.entries(block).filter(([key]) => META.includes(key))),
          input: Object.fromEntries(Object.entries(block).filter(([key]) => !META.includes(key))),
        },
      ]),
    ),
  )

const rewritten = (document: TerraformDocument): object => {
  const { data, module, resource, variable, locals, output } = document
  const used = Object.fromEntries(
    Object.entries(module).map(([name, block]) => [name, { ...block, source: `./${name}` }]),
  )
  const all = { ...asBuiltIn(data), ...asBuiltIn(resource) }
  return JSON.parse(
    builtIn(JSON.stringify({ variable, locals, module: used, resource: { terraform_data: all }, output })),
  )
}

const validated = (document: TerraformDocument): unknown => {
  const folder = mkdtempSync(join(tmpdir(), 'knowton-terraform-'))
  try {
    const text = JSON.stringify(document)
    for (const name of Object.keys(document.module)) {
      mkdirSync(join(folder, name))
      writeFileSync(join(folder, name, 'main.tf.json'), JSON.stringify(standIn(name as keyof typeof standIns, text)))
    }
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(rewritten(document)))
    execFileSync('terraform', ['init', '-backend=false', '-input=false'], { cwd: folder, stdio: 'pipe' })
    const { stdout } = spawnSync('terraform', ['validate', '-json'], { cwd: folder, encoding: 'utf8' })
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: readonly { severity: string; summary: string; detail: string; snippet?: { code: string } }[]
    }
    return diagnostics.map(({ summary, detail, snippet }) => `${summary}: ${detail} ${snippet?.code ?? ''}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test.each([
  ['EKS', eks],
  ['GKE', gke],
  ['AKS', aks],
])('Terraform finds no fault in the configuration of %s', (_, configuration) => {
  expect(validated(configuration(toyPlatform, toyCluster))).toEqual([])
})

test('Terraform refuses an argument of the wrong type and a name that is not there', () => {
  const whole = eks(toyPlatform, toyCluster)
  const wrong = { ...whole, module: { ...whole.module, eks: { ...whole.module.eks, addons: 'none' } } }
  expect(validated(wrong as TerraformDocument)).not.toEqual([])
  const { eks: cluster } = whole.module
  const unknown = {
    ...whole,
    module: { ...whole.module, eks: { ...cluster, source: moduleSources['aws-eks'], addonz: {} } },
  }
  expect(validated(unknown)).not.toEqual([])
})
