import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { JsonObject, Source } from '../../types.ts'
import { isObject, textsOf } from '../../values.ts'
import { toLoaded } from '../to-loaded.ts'

const pairOf = (text: string): readonly [string, string] => {
  const equals = text.indexOf('=')
  return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)]
}

const unquoted = (text: string) => text.replace(/^(['"])(.*)\1$/s, '$2')

/** What a generator puts under its keys; throws when one of its files cannot be read. */
const dataOf = (generator: JsonObject, folder: string): Readonly<Record<string, string>> => {
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')
  const files = textsOf(generator.files).map((text) => {
    const [key, path] = text.includes('=') ? pairOf(text) : [basename(text), text]
    return [key, read(path)]
  })
  const envFiles = [...textsOf(generator.envs), ...(typeof generator.env === 'string' ? [generator.env] : [])]
  const lines = envFiles.flatMap((path) =>
    read(path)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map(pairOf),
  )
  const literals = textsOf(generator.literals)
    .map(pairOf)
    .map(([key, value]) => [key, unquoted(value)])
  return Object.fromEntries([...files, ...lines, ...literals])
}

/**
 * The ConfigMap or Secret that a generator makes, under its plain name: Kustomize adds a hash to the name and to
 * every reference alike, so references by the plain name are right.
 */
export const generated = (kind: 'ConfigMap' | 'Secret', generator: JsonObject, folder: string, source: Source) => {
  const data = dataOf(generator, folder)
  const options = isObject(generator.options) ? generator.options : {}
  const encoded = (text: string) => Buffer.from(text).toString('base64')
  const values = Object.entries(data).map(([key, text]) => [key, kind === 'Secret' ? encoded(text) : text])
  const content = {
    apiVersion: 'v1',
    kind,
    metadata: {
      name: String(generator.name ?? ''),
      ...(typeof generator.namespace === 'string' ? { namespace: generator.namespace } : {}),
      ...(isObject(options.labels) ? { labels: options.labels } : {}),
      ...(isObject(options.annotations) ? { annotations: options.annotations } : {}),
    },
    ...(kind === 'Secret' ? { type: typeof generator.type === 'string' ? generator.type : 'Opaque' } : {}),
    data: Object.fromEntries(values),
  }
  return toLoaded(content, source, () => source.line)
}
