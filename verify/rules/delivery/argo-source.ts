import { containersOf } from '../../pod-template.ts'
import type { Rule, World } from '../../types.ts'
import { objectOf, scalarText, textOf, textsOf } from '../../values.ts'
import { type Application, applications } from './applications.ts'
import { builds, filledIn, workflowJobs } from './steps.ts'

/** The project that allows everything (docs/user-guide/projects.md). */
export const argoProjectDefault: Rule = {
  id: 'argo-project-default',
  severity: 'error',
  about: 'No Application belongs to a project that allows every source, cluster and kind.',
  check: (world) =>
    applications(world)
      .filter(({ spec }) => (textOf(spec.project) ?? 'default') === 'default')
      .map(({ object, path }) => ({
        on: object,
        path: `${path}.project`,
        says: 'Whoever may change this Application may deploy anything from any repository to any cluster: the project default forbids nothing.',
        fix: 'Make an AppProject that names the repository, the namespaces and the kinds.',
      })),
}

/** HEAD is whatever somebody pushed last to whatever branch is the default. */
export const argoRevisionFloating: Rule = {
  id: 'argo-revision-floating',
  severity: 'warning',
  about: 'No Application follows HEAD of a repository.',
  check: (world) =>
    applications(world).flatMap(({ object, sources }) =>
      sources
        .filter(({ source }) => source.chart === undefined && (textOf(source.targetRevision) ?? 'HEAD') === 'HEAD')
        .map(({ path }) => ({
          on: object,
          path: `${path}.targetRevision`,
          says: 'What the cluster runs changes with every push to the default branch, and with the choice of that branch.',
          fix: 'Name a branch of the environment, a tag or a commit.',
        })),
    ),
}

type Override = { readonly text: string; readonly name: string; readonly path: string }

/** `name=new:tag`, `name:tag` or `name@digest` of a kustomize image. */
const overridesOf = ({ sources }: Application): readonly Override[] =>
  sources.flatMap(({ source, path }) =>
    textsOf(objectOf(source.kustomize).images).map((text, index) => {
      const old = text.split('=', 1)[0] ?? text
      const name = old.split('@', 1)[0]?.replace(/:[^/:]*$/, '') ?? old
      return { text, name, path: `${path}.kustomize.images[${index}]` }
    }),
  )

const imageNames = (world: World): ReadonlySet<string> =>
  new Set(
    world.pods
      .flatMap(containersOf)
      .map(({ spec }) => (textOf(spec.image) ?? '').split('@', 1)[0]?.replace(/:[^/:]*$/, '') ?? ''),
  )

/** kustomize changes only images of exactly that name. */
export const argoImageUnmatched: Rule = {
  id: 'argo-image-unmatched',
  severity: 'error',
  about: 'Every image that an Application sets is one that a manifest has.',
  check: (world) => {
    const names = imageNames(world)
    if (names.size === 0) return []
    return applications(world).flatMap((application) =>
      overridesOf(application)
        .filter(({ name }) => !names.has(name))
        .map(({ name, path }) => ({
          on: application.object,
          path,
          says: `This changes nothing: no workload here has an image named ${name}, and kustomize compares whole names.`,
          fix: 'Write the name as it stands in the manifests, with its registry.',
        })),
    )
  },
}

/** A tag that stays the same in Git rolls nothing. */
export const argoImageLatest: Rule = {
  id: 'argo-image-latest',
  severity: 'error',
  about: 'No Application sets an image to a tag that moves.',
  check: (world) =>
    applications(world).flatMap((application) =>
      overridesOf(application)
        .filter(({ text }) => /:latest$/.test(text))
        .map(({ text, path }) => ({
          on: application.object,
          path,
          says: `A new image will not be rolled out: ${text} is the same text in Git before and after, so Argo CD sees no change.`,
          fix: 'Let the build write the digest into Git.',
        })),
    ),
}

/** What is deployed must be built by something. */
export const argoImageUnbuilt: Rule = {
  id: 'argo-image-unbuilt',
  severity: 'error',
  about: 'Every image that an Application deploys is built by a workflow.',
  check: (world) => {
    const building = workflowJobs(world).filter((job) => builds(job).length > 0)
    if (building.some(({ job }) => job.strategy !== undefined)) return []
    const built = building.flatMap((job) =>
      job.steps
        .filter(({ action }) => action === 'docker/metadata-action')
        .map(({ inputs }) => filledIn(job, scalarText(inputs.images) ?? '')),
    )
    const [only] = built
    if (built.length !== 1 || only === undefined) return []
    return applications(world).flatMap((application) => {
      const unbuilt = overridesOf(application).filter(({ name }) => !only.endsWith(name))
      const [first] = unbuilt
      if (first === undefined || overridesOf(application).length < 2) return []
      return [
        {
          on: application.object,
          path: first.path,
          says: `${unbuilt.map(({ name }) => name).join(', ')} will never be built: the workflows push one image, ${only}.`,
          fix: 'Build each service as an image of its own, in a matrix.',
        },
      ]
    })
  },
}

/** A path that nobody wrote. */
export const argoPathMissing: Rule = {
  id: 'argo-path-missing',
  severity: 'error',
  about: 'Every folder that an Application deploys is among the files.',
  check: (world) => {
    const files = [...new Set(world.objects.map(({ source }) => source.file.replaceAll('\\', '/')))]
    return applications(world).flatMap(({ object, sources }) =>
      sources.flatMap(({ source, path }) => {
        const folder = textOf(source.path)?.replace(/^\.?\/|\/$/g, '') ?? ''
        const [top = ''] = folder.split('/')
        // judged only where the repository's own tree was read: the first folder is there, the whole path is not
        const isRead = folder.includes('/') && files.some((file) => `/${file}`.includes(`/${top}/`))
        if (!isRead || files.some((file) => `/${file}`.includes(`/${folder}/`))) return []
        return [
          {
            on: object,
            path: `${path}.path`,
            says: `The sync will fail: there is no folder ${folder} in these files.`,
            fix: 'Name a folder that exists.',
          },
        ]
      }),
    )
  },
}
