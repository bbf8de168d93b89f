import { argumentsOf, type ContainerOf, containersNamed } from '../../read/containers.ts'
import { type Environment, environmentOf } from '../../read/environment.ts'
import { type MountedFile, mountsOf } from '../../read/mounted-files.ts'
import type { World } from '../../types.ts'

/** Where the image's entrypoint looks (docker/dockerd-entrypoint.sh of pytorch/serve). */
const IMAGE_CONFIG = '/home/model-server/config.properties'

/** A TorchServe container and the configuration that it will really read. */
export type TorchServe = ContainerOf & {
  readonly environment: Environment
  readonly configPath: string
  /** Configuration files that are mounted, wherever. */
  readonly files: readonly MountedFile[]
  /** Settings of the file that is read; undefined when that is not known. */
  readonly settings: ReadonlyMap<string, string> | undefined
  /** Whether the image's own entrypoint starts the server. */
  readonly usesEntrypoint: boolean
  readonly arguments: readonly string[]
}

/** What the image's own config.properties says: every address open, no models, no variables. */
const imageSettings: ReadonlyMap<string, string> = new Map([
  ['inference_address', 'http://0.0.0.0:8080'],
  ['management_address', 'http://0.0.0.0:8081'],
  ['metrics_address', 'http://0.0.0.0:8082'],
])

/** Every TorchServe of the files. */
export const torchServes = (world: World): readonly TorchServe[] =>
  containersNamed(world, ['torchserve', 'torchserve-kfs']).map((at) => {
    const environment = environmentOf(world, at)
    const words = argumentsOf(at.container)
    const configPath = configPathOf(environment, words)
    const mounts = mountsOf(world, at)
    const files = mounts.flatMap(({ files }) => files ?? []).filter(isConfiguration)
    const isUnknown = mounts.some(
      ({ mountPath, files }) =>
        files === undefined && (configPath === mountPath || configPath?.startsWith(`${mountPath}/`)),
    )
    const read = files.find(({ path }) => path === configPath)
    const settings = read === undefined ? imageSettings : settingsOf(read.content)
    return {
      ...at,
      environment,
      configPath: configPath ?? IMAGE_CONFIG,
      files,
      settings: isUnknown || configPath === undefined ? undefined : settings,
      usesEntrypoint: words.length === 0 || (words.length === 1 && words[0] === 'serve'),
      arguments: words,
    }
  })

const isConfiguration = ({ path, content }: MountedFile): boolean =>
  path.endsWith('config.properties') || /^\s*(inference_address|model_store)\s*=/m.test(content)

/** The variable wins over the argument; undefined when the variable's value is not known. */
const configPathOf = (environment: Environment, words: readonly string[]): string | undefined => {
  const variable = environment.variables.get('TS_CONFIG_FILE')
  if (variable !== undefined) return variable.value
  return /--ts-config[= ](\S+)/.exec(words.join(' '))?.[1] ?? IMAGE_CONFIG
}

const settingsOf = (content: string): ReadonlyMap<string, string> =>
  new Map(
    content
      .split('\n')
      .map((line) => /^\s*([\w.]+)\s*=\s*(.*?)\s*$/.exec(line))
      .flatMap((match) => (match?.[1] === undefined ? [] : [[match[1], match[2] ?? ''] as const])),
  )
