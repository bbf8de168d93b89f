import type { Rule } from '../../types.ts'
import { scalarText, textOf } from '../../values.ts'
import { builds, filledIn, mutations, pushes, startsOn, type WorkflowJob, workflowJobs } from './steps.ts'

/** Docker's own builder exports no cache. */
export const workflowCacheWithoutBuildx: Rule = {
  id: 'workflow-cache-without-buildx',
  severity: 'error',
  about: 'No image is built with a cache that its builder cannot export.',
  check: (world) =>
    workflowJobs(world).flatMap(({ workflow, steps }) =>
      builds({ steps })
        .filter(({ inputs }) => {
          const cache = scalarText(inputs['cache-to'])
          const hasBuilder = steps.some(({ action }) => action === 'docker/setup-buildx-action')
          return cache !== undefined && !/type=inline/.test(cache) && !hasBuilder
        })
        .map(({ path }) => ({
          on: workflow,
          path: `${path}.with.cache-to`,
          says: 'The build will fail: "Cache export is not supported for the docker driver".',
          fix: 'Run docker/setup-buildx-action before it.',
        })),
    ),
}

const COMMIT = /\$\{\{\s*github\.sha\s*\}\}|\$\{?GITHUB_SHA\}?/

/** Whether a build of the workflow pushes a tag that is the whole commit. */
const pushesCommit = (jobs: readonly WorkflowJob[]): boolean =>
  jobs.some(({ steps }) =>
    steps.some(({ action, inputs }) => {
      const tags = scalarText(inputs.tags) ?? ''
      if (action === 'docker/build-push-action') return COMMIT.test(tags)
      if (action !== 'docker/metadata-action') return false
      return tags.split('\n').some((tag) => isCommitTag(tag))
    }),
  )

const isCommitTag = (tag: string): boolean =>
  (/type=sha/.test(tag) && /format=long/.test(tag) && /prefix=(,|\s*$)/.test(tag)) ||
  (/type=raw/.test(tag) && COMMIT.test(tag))

/** What is deployed must have been pushed under that name. */
export const workflowTagUnpushed: Rule = {
  id: 'workflow-tag-unpushed',
  severity: 'error',
  about: 'Every tag that a workflow deploys is one that it pushes.',
  check: (world) =>
    workflowJobs(world).flatMap((job) => {
      const jobs = workflowJobs(world).filter(({ workflow }) => workflow === job.workflow)
      if (!jobs.some((one) => builds(one).length > 0) || pushesCommit(jobs)) return []
      return mutations(job)
        .filter(({ run }) => new RegExp(`:(?:${COMMIT.source})`).test(run))
        .map(({ path }) => ({
          on: job.workflow,
          path: `${path}.run`,
          says: 'The pods will stay in ImagePullBackOff: the tag is the whole commit, and no build pushes that; docker/metadata-action names the branch, the Git tag or the pull request unless it is told otherwise.',
          fix: 'Let metadata-action make type=sha,format=long,prefix=, or deploy the digest that the build puts out.',
        }))
    }),
}

/** `github.repository` may hold capitals, image names may not. */
export const workflowImageCase: Rule = {
  id: 'workflow-image-case',
  severity: 'error',
  about: 'No image is named by the repository without making its capital letters small.',
  check: (world) =>
    workflowJobs(world).flatMap((job) => {
      const inRuns = job.steps
        .filter(({ run }) => /\b(?:kubectl|docker|helm|kustomize|crane|skopeo)\b/.test(run) && /:\S*/.test(run))
        .filter(({ run }) => /\$\{\{\s*github\.repository\s*\}\}:/.test(filledIn(job, run)))
        .map(({ path }) => `${path}.run`)
      const inTags = builds(job)
        .filter(({ inputs }) => /github\.repository\s*\}\}/.test(filledIn(job, scalarText(inputs.tags) ?? '')))
        .map(({ path }) => `${path}.with.tags`)
      return [...inRuns, ...inTags].map((path) => ({
        on: job.workflow,
        path,
        says: 'It fails with "repository name must be lowercase" as soon as the owner or the repository has a capital letter: metadata-action makes them small, this step does not.',
        fix: 'Use the name that metadata-action puts out, or make it small first.',
      }))
    }),
}

/** A build of a stranger's change must not write to the registry. */
export const workflowPushesUntrusted: Rule = {
  id: 'workflow-pushes-untrusted',
  severity: 'error',
  about: 'No workflow pushes images for pull requests.',
  check: (world) =>
    workflowJobs(world)
      .filter(({ workflow, job }) => startsOn(workflow, 'pull_request') && textOf(job.if) === undefined)
      .flatMap((job) =>
        builds(job)
          .filter((build) => pushes(build) && textOf(build.step.if) === undefined)
          .map(({ path }) => ({
            on: job.workflow,
            path: `${path}.with.push`,
            says: 'Every pull request pushes an image that nobody has reviewed, and one from a fork fails because it may not push.',
            fix: 'Let push be true only where github.event_name is push.',
          })),
      ),
}

/** What is in an image and who built it, for those who run it. */
export const workflowImageUnattested: Rule = {
  id: 'workflow-image-unattested',
  severity: 'warning',
  about: 'Every image that is pushed says what is in it and is signed.',
  check: (world) =>
    workflowJobs(world).flatMap(({ workflow, steps }) => {
      const isSigned = steps.some(
        ({ action = '', run }) => /^actions\/attest|^sigstore\/cosign/.test(action) || /\bcosign sign\b/.test(run),
      )
      return builds({ steps })
        .filter(({ inputs }) => inputs.push !== false && inputs.push !== undefined)
        .flatMap(({ path, inputs }) => {
          const lacks = [
            ...(inputs.sbom === true || inputs.sbom === 'true' ? [] : ['a list of what is in it (sbom)']),
            ...(inputs.provenance === undefined ? ['full provenance'] : []),
            ...(isSigned ? [] : ['a signature']),
          ]
          if (lacks.length === 0) return []
          return [
            {
              on: workflow,
              path: `${path}.with`,
              says: `Nobody can tell later what is in this image and where it came from: it is pushed without ${lacks.join(', ')}.`,
              fix: 'Set sbom: true and provenance: mode=max, and sign the digest (cosign or actions/attest-build-provenance).',
            },
          ]
        })
    }),
}
