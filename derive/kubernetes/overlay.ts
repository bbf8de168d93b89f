import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from './cluster-environment.ts'
import { components } from './components.ts'
import { type Component, groups } from './manifest.ts'
import { toYaml } from './parts/yaml.ts'
import { serviceImage } from './service-image.ts'

/**
 * The files of one environment's overlay, text by path from the repository's root: a folder per group and component,
 * each group and the whole with a `kustomization.yaml`.
 */
export const overlayFiles = (
  platform: PlatformShape,
  environment: ClusterEnvironment,
): Readonly<Record<string, string>> => {
  const folder = `k8s/overlays/${environment.name}`
  const all = components(platform, environment)
  const filled = groups.filter((group) => all.some((component) => component.group === group))
  return Object.fromEntries([
    [`${folder}/kustomization.yaml`, kustomization({ resources: filled })],
    ...filled.flatMap((group) => {
      const members = all.filter((component) => component.group === group)
      const resources = members.flatMap(filesOf).map(([path]) => path)
      const images = group === 'apps' ? { images: imagesOf(platform, environment) } : {}
      return [
        [`${folder}/${group}/kustomization.yaml`, kustomization({ resources, ...images })] as const,
        ...members.flatMap(filesOf).map(([path, text]) => [`${folder}/${group}/${path}`, text] as const),
      ]
    }),
  ])
}

const filesOf = ({ name, files }: Component): readonly (readonly [path: string, text: string])[] =>
  Object.entries(files).map(([file, objects]) => [`${name}/${file}.yaml`, toYaml(objects)])

const kustomization = (content: { readonly resources: readonly string[]; readonly images?: readonly object[] }) =>
  toYaml([{ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...content }])

const imagesOf = (platform: PlatformShape, { release }: ClusterEnvironment) =>
  Object.keys(platform.services).map((service) => {
    const { tag, digest } = release.services[service] ?? { tag: platform.version }
    return {
      name: serviceImage(service),
      newName: `${release.registry}/${service}`,
      ...(digest === undefined ? { newTag: tag } : { digest }),
    }
  })
