import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Manifest } from '../kubernetes/manifest.ts'
import { type CrdSchema, schemaFaults } from './crd-schema.ts'

/** The operators' CustomResourceDefinitions, one file each, beside the repository. */
const folder = new URL('../../../shared/crds/', import.meta.url)

/** Undefined when the CustomResourceDefinitions are there; else the reason why a test that needs them is skipped. */
export const crdsMissing: string | undefined = existsSync(folder)
  ? undefined
  : `no CustomResourceDefinitions at ${folder.pathname}`

type Definition = {
  readonly spec: {
    readonly versions: readonly {
      readonly name: string
      readonly served: boolean
      readonly schema: { readonly openAPIV3Schema: CrdSchema }
    }[]
  }
}

const definitions = new Map<string, Definition | undefined>()

const definitionOf = (file: string): Definition | undefined => {
  if (!definitions.has(file)) {
    const url = new URL(file, folder)
    definitions.set(file, existsSync(url) ? parse(readFileSync(url, 'utf8'), { maxAliasCount: -1 }) : undefined)
  }
  return definitions.get(file)
}

/** True for objects of an operator's own kinds: their group has a dot and is not Kubernetes' own. */
export const isCustom = ({ apiVersion }: Manifest): boolean => {
  const [group = '', version] = apiVersion.split('/')
  return version !== undefined && group.includes('.') && !group.endsWith('.k8s.io')
}

/** What is wrong with a custom resource by its CustomResourceDefinition; fields that it does not know are wrong. */
export const crdFaults = (manifest: Manifest): readonly string[] => {
  const at = `${manifest.kind} ${manifest.metadata.name}`
  const [group, version] = manifest.apiVersion.split('/')
  const definition = definitionOf(`${group}_${manifest.kind}.yaml`)
  if (definition === undefined) return [`${at}: no CustomResourceDefinition of this kind`]
  const served = definition.spec.versions.find(({ name, served }) => name === version && served)
  if (served === undefined) return [`${at}: ${manifest.apiVersion} is not served`]
  const { apiVersion: _version, kind: _kind, metadata: _metadata, ...rest } = manifest
  const { properties = {} } = served.schema.openAPIV3Schema
  return Object.entries(rest).flatMap(([key, value]) => {
    const schema = properties[key]
    return schema === undefined ? [`${at}.${key}: is unknown`] : schemaFaults(schema, value, `${at}.${key}`)
  })
}
