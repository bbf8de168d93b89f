import { createWorld, loadText, rules, verify } from '@knowton/verify'
import type { Manifest } from '../kubernetes/manifest.ts'
import { toYaml } from '../kubernetes/parts/yaml.ts'

const schemaRules = rules.filter(({ id }) =>
  ['api-unknown', 'field-unknown', 'field-missing', 'field-invalid'].includes(id),
)

/** True for objects of an operator's own kinds: their group has a dot and is not Kubernetes' own. */
export const isCustom = ({ apiVersion }: Manifest): boolean => {
  const [group = '', version] = apiVersion.split('/')
  return version !== undefined && group.includes('.') && !group.endsWith('.k8s.io')
}

/** What the API server would refuse or drop in any of `objects`, a sentence each; kinds without a known schema are faults too. */
export const schemaFaults = (objects: readonly Manifest[]): readonly string[] => {
  const context = { kubernetesVersion: '1.35', today: new Date(0), pools: undefined, flows: undefined, external: [] }
  const loading = loadText(toYaml(objects), 'toy.yaml')
  return [...loading.findings, ...verify(createWorld(loading, context), schemaRules)].map(
    ({ rule, object, says }) => `${rule} ${object.kind}/${object.name}: ${says}`,
  )
}
