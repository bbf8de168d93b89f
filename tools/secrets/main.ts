import { parseArgs } from 'node:util'
import { Fault } from '@knowton/core'
import { type ClusterEnvironment, clusterOf, secretEntries, secretEntryName } from '@knowton/derive'
import { type ClusterName, clusters } from '@knowton/infra'
import { platform } from '@knowton/system'
import { stringify } from 'yaml'
import { describeEntries, type FilledEntries, fillEntries, secretObjects } from './fill-entries.ts'

const HELP = `npm run --silent secrets -- <${Object.keys(clusters).join('|')}> [--set <name>=<value>]… [--generate] [--format yaml|json]
Prints what the secret manager of an installation has to hold; writes nothing to disk.
  local: Secret objects with new random values, to be piped into "kubectl create -f -"
  else:  the empty form, one JSON object for each entry; with --generate everything that can be random is filled in
  --set  a value that only you know, e.g. --set installation.chainRpcUrl=https://…`

/** `a.b=c` → [a.b, c]. */
const parseSetting = (text: string): readonly [string, string] => {
  const at = text.indexOf('=')
  if (at < 1) throw new Fault('secrets.usage', `--set takes <name>=<value>, not "${text}".`)
  return [text.slice(0, at), text.slice(at + 1)]
}

const isCluster = (name: string | undefined): name is ClusterName => name !== undefined && Object.hasOwn(clusters, name)

const print = (environment: ClusterEnvironment, filled: FilledEntries, format: 'yaml' | 'json'): string => {
  const nameOf = (entry: string) => secretEntryName(environment, entry as Parameters<typeof secretEntryName>[1])
  if (environment.cloud.kind === 'kind') {
    const objects = secretObjects(filled, nameOf)
    if (format === 'json') return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, undefined, 2)
    return objects.map((object) => stringify(object, { lineWidth: 0, compat: 'yaml-1.1' })).join('---\n')
  }
  const named = Object.fromEntries(Object.entries(filled).map(([entry, values]) => [nameOf(entry), values]))
  return format === 'yaml' ? stringify(named, { lineWidth: 0 }) : JSON.stringify(named, undefined, 2)
}

const run = (): string => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      set: { type: 'string', multiple: true, default: [] },
      generate: { type: 'boolean', default: false },
      format: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const [name] = positionals
  if (values.help) return HELP
  if (!isCluster(name)) throw new Fault('secrets.usage', HELP)
  const environment: ClusterEnvironment = clusters[name]
  const isLocal = environment.cloud.kind === 'kind'
  const format = values.format ?? (isLocal ? 'yaml' : 'json')
  if (format !== 'yaml' && format !== 'json') throw new Fault('secrets.usage', `There is no format "${format}".`)
  const entries = secretEntries(clusterOf(platform, environment))
  const isFilled = isLocal || values.generate
  return print(
    environment,
    isFilled ? fillEntries(entries, Object.fromEntries(values.set.map(parseSetting))) : describeEntries(entries),
    format,
  )
}

try {
  console.log(run())
} catch (error) {
  if (!(error instanceof Fault)) throw error
  console.error(error.message)
  process.exitCode = error.code === 'secrets.usage' ? 64 : 1
}
