import { argoObjects, components, type Manifest, workflowFiles } from '@knowton/derive'
import { platform } from '@knowton/system'
import { parse } from 'yaml'
import { production } from '../clusters/production.ts'
import { delivery, workflowSettings } from '../delivery.ts'
import { flatten, type Leaf } from './flatten.ts'
import { type Rendered, renderedOf } from './trace.ts'

/** Everything that production gets, by `Kind/name`; workflows by `Workflow/<file>`. */
export const renderedForProduction = (): Rendered => {
  const objects = components(platform, production).flatMap(({ files }) => Object.values(files).flat())
  const workflows = Object.entries(workflowFiles(platform, workflowSettings)).map(
    ([path, text]): readonly [string, readonly Leaf[]] => [`Workflow/${path.split('/').at(-1)}`, flatten(parse(text))],
  )
  const pools = Object.fromEntries(Object.entries(production.pools).map(([name, pool]) => [name, { name, ...pool }]))
  const { kubernetesVersion, cloud } = production
  const cluster: readonly [string, readonly Leaf[]] = ['Cluster', flatten({ kubernetesVersion, cloud, pools })]
  return renderedOf([
    ...[...objects, ...argoObjects(platform, production, delivery)].map(leavesOf),
    ...workflows,
    cluster,
  ])
}

const leavesOf = (object: Manifest): readonly [string, readonly Leaf[]] => [
  `${object.kind}/${object.metadata.name}`,
  flatten(object).map(({ path, value }) => ({ path: path.replace(CONTENT_HASH, '$1'), value })),
]

/** A file whose name carries a hash of its content, so that pods roll when it changes. */
const CONTENT_HASH = /(kong)-[0-9a-f]{16}(?=\.yml)/
