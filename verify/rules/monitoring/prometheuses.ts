import { parse } from 'yaml'
import { argumentsOf, type ContainerOf, containersNamed } from '../../read/containers.ts'
import { type MountedFile, mountedFiles } from '../../read/mounted-files.ts'
import type { JsonObject, World } from '../../types.ts'
import { objectOf, objectsOf } from '../../values.ts'

/** A Prometheus that the files run themselves, with the configuration it reads where that is known. */
export type Prometheus = ContainerOf & {
  readonly flags: ReadonlyMap<string, string>
  readonly file: MountedFile | undefined
  /** Empty where the file is not known. */
  readonly config: JsonObject
  readonly jobs: readonly JsonObject[]
}

const DEFAULT_FILE = '/etc/prometheus/prometheus.yml'

/** Every Prometheus that runs as a workload of the files. */
export const prometheuses = (world: World): readonly Prometheus[] =>
  containersNamed(world, ['prometheus']).map((at) => {
    const flags = flagsOf(argumentsOf(at.container))
    const path = flags.get('config.file') ?? DEFAULT_FILE
    const file = mountedFiles(world, at).find((one) => one.path === path)
    const config = parsed(file?.content ?? '')
    return { ...at, flags, file, config, jobs: objectsOf(config.scrape_configs) }
  })

const flagsOf = (words: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    words
      .map((word) => /^--([\w.-]+)(?:=(.*))?$/.exec(word))
      .flatMap((match) => (match?.[1] === undefined ? [] : [[match[1], match[2] ?? 'true'] as const])),
  )

const parsed = (content: string): JsonObject => {
  try {
    return objectOf(parse(content))
  } catch {
    return {}
  }
}

/** Whether a job of a Prometheus finds its targets by asking Kubernetes. */
export const discovers = (job: JsonObject): boolean => objectsOf(job.kubernetes_sd_configs).length > 0
