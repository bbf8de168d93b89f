import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { clusters } from '@knowton/infra'
import { platform } from '@knowton/system'
import {
  type Context,
  createWorld,
  type FileSet,
  fileSuppressions,
  type Judged,
  judge,
  type Loading,
  loadFiles,
  NothingToJudge,
  type Outcome,
  proof,
  proofText,
  rules,
  type Suppressions,
} from '@knowton/verify'
import { contextOf, operatorsContext, plainContext } from './context.ts'
import { BadCommand, type Options } from './options.ts'

/** Where the command was run, and what it may read. */
export type Place = {
  readonly root: string
  readonly from: string
  readonly today: Date
  readonly stdin: () => string
}

/** What came of one run of the verifier. */
export type VerifyResult = {
  readonly outcome: Outcome
  readonly objects: number
  readonly workflows: number
  /** For each set with declared connections, a sentence on what its policies allow. */
  readonly proofs: readonly string[]
}

const FILE = 'verify.suppressions.yaml'

const clusterNames = Object.keys(clusters).join(', ')

const contextFor = ({ environment }: Options, today: Date): Context => {
  if (environment === undefined) return plainContext(clusters.production.kubernetesVersion, today)
  const found = Object.entries(clusters).find(([name]) => name === environment)?.[1]
  if (found === undefined) throw new BadCommand(`There is no environment ${environment}; there are ${clusterNames}.`)
  return contextOf(platform, found, today)
}

const suppressionsOf = (options: Options, { root, from }: Place): Suppressions => {
  const beside = options.paths
    .filter((path) => path !== '-')
    .map((path) => resolve(from, path))
    .map((path) => join(statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path), FILE))
  const named = options.suppressions === undefined ? undefined : resolve(from, options.suppressions)
  if (named !== undefined && !existsSync(named)) throw new BadCommand(`${options.suppressions} is not there.`)
  const file = named ?? [...beside, join(root, FILE)].find((path) => existsSync(path))
  if (file === undefined) return { valid: [], invalid: [] }
  return fileSuppressions(readFileSync(file, 'utf8'), relative(from, file))
}

type Loader = (path: string) => readonly FileSet[]

const loaderAt =
  ({ root, from, stdin }: Place): Loader =>
  (path) =>
    existsSync(join(root, path)) ? loadFiles([join(root, path)], { from, stdin }) : []

/** Files for Helm lie among those of the operators on purpose. */
const withoutSkipped = ({ loading }: FileSet): Loading => ({
  ...loading,
  findings: loading.findings.filter(({ rule }) => rule !== 'document-skipped'),
})

/** Each environment as its cluster gets it, what is installed before, what delivers it, and the workflows. */
const rendered = (place: Place): readonly Judged[] => {
  const load = loaderAt(place)
  const { kubernetesVersion } = clusters.production
  const before = operatorsContext(kubernetesVersion, place.today)
  const plain = plainContext(kubernetesVersion, place.today)
  const environments = Object.entries(clusters)
  const overlays = environments.flatMap(([name, environment]) =>
    load(`k8s/overlays/${name}`).map(({ loading }) => ({
      loading,
      context: contextOf(platform, environment, place.today),
    })),
  )
  if (overlays.length === 0) throw new NothingToJudge('Nothing is rendered yet: run npm run render.')
  const deliveries = environments.map(([name]) => `argocd/${name}`)
  return [
    ...overlays,
    ...['k8s/operators', ...deliveries].flatMap((path) =>
      load(path).map((set) => ({ loading: withoutSkipped(set), context: before })),
    ),
    ...load('.github/workflows').map(({ loading }) => ({ loading, context: plain })),
  ]
}

const asked = (options: Options, place: Place): readonly Judged[] => {
  const context = contextFor(options, place.today)
  return loadFiles(options.paths, place).map(({ loading }) => ({ loading, context }))
}

/** Judges what the options name, or everything that is rendered. */
export const verifyResult = (options: Options, place: Place): VerifyResult => {
  const suppressions = suppressionsOf(options, place)
  const sets = options.paths.length === 0 ? rendered(place) : asked(options, place)
  const sum = (count: (set: Judged) => number) => sets.reduce((total, set) => total + count(set), 0)
  return {
    outcome: judge(sets, rules, suppressions, place.today),
    objects: sum(({ loading }) => loading.objects.length),
    workflows: sum(({ loading }) => loading.workflows.length),
    proofs: sets
      .filter(({ loading, context }) => context.flows !== undefined && loading.objects.length > 0)
      .map(({ loading, context }) => proofText(proof(createWorld(loading, context)))),
  }
}
