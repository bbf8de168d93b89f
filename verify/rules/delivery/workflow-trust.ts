import type { Rule } from '../../types.ts'
import { products } from '../images/end-of-life.ts'
import { endedOn } from '../images/ended-version.ts'
import { applications } from './applications.ts'
import { builds, mutations, pushes, type Step, workflowJobs } from './steps.ts'

/** Two hands on one cluster. */
export const workflowMutatesCluster: Rule = {
  id: 'workflow-mutates-cluster',
  severity: 'warning',
  about: 'No workflow changes a cluster itself instead of the files that the cluster follows.',
  check: (world) => {
    const healer = applications(world).find(({ automated }) => automated?.selfHeal === true)
    return workflowJobs(world).flatMap((job) =>
      mutations(job).map(({ path }) => ({
        on: job.workflow,
        path: `${path}.run`,
        ...(healer && { severity: 'error' as const }),
        says:
          healer === undefined
            ? 'The cluster runs what no file says, and whoever takes over the workflow takes over the cluster.'
            : `The change will be undone at once: the Argo CD Application ${healer.object.ref.name} sets back what differs from Git.`,
        fix: 'Change the image in Git (a pull request that sets the digest) and let Argo CD apply it.',
      })),
    )
  },
}

/** The actions that sign in to a cloud, and their inputs that hold keys which do not expire. */
const keyInputs: Readonly<Record<string, readonly string[]>> = {
  'aws-actions/configure-aws-credentials': ['aws-access-key-id', 'aws-secret-access-key'],
  'google-github-actions/auth': ['credentials_json'],
  'azure/login': ['creds'],
}

/** Keys that live on after the run. */
export const workflowCloudKeys: Rule = {
  id: 'workflow-cloud-keys',
  severity: 'error',
  about: 'No workflow signs in to a cloud with keys that do not expire.',
  check: (world) =>
    workflowJobs(world).flatMap(({ workflow, steps }) =>
      steps.flatMap(({ action = '', inputs, path }) => {
        const key = keyInputs[action.toLowerCase()]?.find((name) => inputs[name] !== undefined)
        if (key === undefined) return []
        return [
          {
            on: workflow,
            path: `${path}.with.${key}`,
            says: 'Whoever once reads these keys may do in the cloud what the workflow may, until somebody changes them.',
            fix: 'Give the job id-token: write and let it assume a role by OIDC.',
          },
        ]
      }),
    ),
}

/** What a workflow does not say, the repository's default decides. */
export const workflowPermissionsMissing: Rule = {
  id: 'workflow-permissions-missing',
  severity: 'warning',
  about: 'Every job of a workflow names the rights that it gets.',
  check: (world) =>
    world.workflows.flatMap((workflow) => {
      if (workflow.content.permissions !== undefined && workflow.content.permissions !== 'write-all') return []
      const silent = workflowJobs(world).filter((job) => job.workflow === workflow && job.job.permissions === undefined)
      if (silent.length === 0) return []
      return [
        {
          on: workflow,
          path: 'permissions',
          says: `The token of ${silent.map(({ name }) => name).join(' and ')} may do whatever the repository's default allows, writing to it perhaps.`,
          fix: 'Set permissions: {} for the workflow and what each job needs on the job.',
        },
      ]
    }),
}

const isPinned = (version: string | undefined): boolean => /^[0-9a-f]{40}$/.test(version ?? '')

const isElsewhere = ({ action = './' }: Step): boolean => !action.startsWith('./') && !action.startsWith('docker://')

/** A tag of an action moves when its owner, or a thief, moves it. */
export const workflowActionUnpinned: Rule = {
  id: 'workflow-action-unpinned',
  severity: 'warning',
  about: 'Every action that a workflow runs is pinned by its commit.',
  check: (world) =>
    workflowJobs(world).flatMap(({ workflow, steps }) =>
      steps
        .filter((step) => isElsewhere(step) && !isPinned(step.version))
        .map(({ path, action, version }) => ({
          on: workflow,
          path: `${path}.uses`,
          says: `Whoever takes over ${action} runs their code here with this job's secrets: ${version ?? 'no version'} is a name that can be moved.`,
          fix: 'Name the commit, with the version as a comment.',
        })),
    ),
}

/** The newest major versions; read on 2026-08-22 in the actions' own repositories. */
const newestMajors: Readonly<Record<string, number>> = {
  'actions/checkout': 7,
  'actions/setup-node': 7,
  'actions/upload-artifact': 7,
  'actions/attest-build-provenance': 4,
  'docker/setup-buildx-action': 4,
  'docker/login-action': 4,
  'docker/metadata-action': 6,
  'docker/build-push-action': 7,
  'codecov/codecov-action': 5,
  'aws-actions/configure-aws-credentials': 6,
  'sigstore/cosign-installer': 4,
  'peter-evans/create-pull-request': 8,
}

/** Actions get fixes in their newest major version. */
export const workflowActionOutdated: Rule = {
  id: 'workflow-action-outdated',
  severity: 'note',
  about: 'No workflow runs an old major version of an action.',
  check: (world) =>
    workflowJobs(world).flatMap(({ workflow, steps }) =>
      steps.flatMap(({ path, action = '', version }) => {
        const major = Number(/^v(\d+)/.exec(version ?? '')?.[1])
        const newest = newestMajors[action]
        if (newest === undefined || Number.isNaN(major) || major >= newest) return []
        return [
          {
            on: workflow,
            path: `${path}.uses`,
            says: `${action} ${version} gets no new fixes: version ${newest} is the current one.`,
            fix: `Use v${newest}.`,
          },
        ]
      }),
    ),
}

/** A deployment that nobody has to agree to. */
export const workflowEnvironmentMissing: Rule = {
  id: 'workflow-environment-missing',
  severity: 'warning',
  about: 'Every job that deploys names an environment that can ask for approval.',
  check: (world) =>
    workflowJobs(world)
      .filter((job) => mutations(job).length > 0 && job.job.environment === undefined)
      .map(({ workflow, path }) => ({
        on: workflow,
        path,
        says: 'Every push to the branch deploys with nobody asked, and the secrets of the deployment are open to every job.',
        fix: 'Name an environment with reviewers and secrets of its own.',
      })),
}

/** Two runs at once, the older of which may end last. */
export const workflowConcurrencyMissing: Rule = {
  id: 'workflow-concurrency-missing',
  severity: 'warning',
  about: 'No two runs of a workflow push or deploy at once.',
  check: (world) =>
    world.workflows
      .filter((workflow) => {
        const acting = workflowJobs(world).filter(
          (job) => job.workflow === workflow && (mutations(job).length > 0 || builds(job).some(pushes)),
        )
        const isBound = workflow.content.concurrency !== undefined
        return !isBound && acting.some(({ job }) => job.concurrency === undefined)
      })
      .map((workflow) => ({
        on: workflow,
        path: 'concurrency',
        says: 'Of two pushes in a row the older may deploy last: nothing keeps their runs apart.',
        fix: 'Set concurrency with a group per branch.',
      })),
}

/** Node.js without fixes. */
export const workflowNodeEnded: Rule = {
  id: 'workflow-node-ended',
  severity: 'warning',
  about: 'No workflow runs on a Node.js version that gets no more fixes.',
  check: (world) => {
    const node = products.find(({ name }) => name === 'Node.js')
    return workflowJobs(world).flatMap(({ workflow, steps }) =>
      steps.flatMap(({ action, inputs, path }) => {
        const version = String(inputs['node-version'] ?? '')
        const ended = node && action === 'actions/setup-node' ? endedOn(node, version, world.context.today) : undefined
        if (ended === undefined) return []
        return [
          {
            on: workflow,
            path: `${path}.with.node-version`,
            says: `Faults of Node.js ${version} stay: its support ended on ${ended}.`,
            fix: `Use ${node?.instead}.`,
          },
        ]
      }),
    )
  },
}

/** Text of strangers that a shell would run. */
const strangers =
  /\$\{\{\s*github\.(?:event\.(?:issue|pull_request|comment|review|head_commit|discussion)[\w.]*\.(?:title|body|message|name|email|ref|label)|head_ref)\s*\}\}/

/** A title can be a command. */
export const workflowInjection: Rule = {
  id: 'workflow-injection',
  severity: 'error',
  about: 'No script of a workflow holds text that strangers write.',
  check: (world) =>
    workflowJobs(world).flatMap(({ workflow, steps }) =>
      steps
        .filter(({ run }) => strangers.test(run))
        .map(({ path, run }) => ({
          on: workflow,
          path: `${path}.run`,
          says: `Whoever writes ${strangers.exec(run)?.[0] ?? ''} writes commands that run here: the text is put into the script before the shell reads it.`,
          fix: 'Pass it in env and use the variable.',
        })),
    ),
}
