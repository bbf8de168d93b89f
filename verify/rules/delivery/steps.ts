import type { JsonObject, Workflow, World } from '../../types.ts'
import { isObject, objectOf, objectsOf, scalarText, textOf } from '../../values.ts'

/** A job of a workflow. */
export type WorkflowJob = {
  readonly workflow: Workflow
  readonly name: string
  readonly job: JsonObject
  /** `jobs.build` */
  readonly path: string
  readonly steps: readonly Step[]
}

/** A step of a job; `action` without its version. */
export type Step = {
  readonly step: JsonObject
  /** `jobs.build.steps[2]` */
  readonly path: string
  readonly action: string | undefined
  readonly version: string | undefined
  /** `with` */
  readonly inputs: JsonObject
  readonly run: string
}

/** Every job of every workflow. */
export const workflowJobs = (world: World): readonly WorkflowJob[] =>
  world.workflows.flatMap((workflow) =>
    Object.entries(objectOf(workflow.content.jobs)).map(([name, value]) => {
      const job = objectOf(value)
      const path = `jobs.${name}`
      const steps = objectsOf(job.steps).map((step, index) => stepOf(step, `${path}.steps[${index}]`))
      return { workflow, name, job, path, steps }
    }),
  )

const stepOf = (step: JsonObject, path: string): Step => {
  const [action, version] = textOf(step.uses)?.split('@', 2) ?? []
  return { step, path, action, version, inputs: objectOf(step.with), run: textOf(step.run) ?? '' }
}

/** Whether a workflow starts on `event`. */
export const startsOn = ({ content }: Workflow, event: string): boolean => {
  const { on } = content
  if (isObject(on)) return event in on
  return Array.isArray(on) ? on.includes(event) : on === event
}

/** An expression with the variables of its workflow and job filled in. */
export const filledIn = ({ workflow, job }: WorkflowJob, expression: string): string => {
  const variables = { ...objectOf(workflow.content.env), ...objectOf(job.env) }
  return expression.replaceAll(
    /\$\{\{\s*env\.(\w+)\s*\}\}/g,
    (whole, name: string) => scalarText(variables[name]) ?? whole,
  )
}

const verbs = 'apply|set|patch|delete|replace|create|scale|edit|rollout\\s+(?:restart|undo)'
/** A verb is a word of the command itself: what follows a pipe or a semicolon is another command. */
const changes = new RegExp(
  `\\bkubectl\\s(?:[^\\n|;&]*?\\s)?(?:${verbs})(?:\\s|$)|\\bhelm\\s(?:[^\\n|;&]*?\\s)?(?:upgrade|install|uninstall|rollback)(?:\\s|$)`,
)
const throwaway = /\b(?:kind create cluster|k3d cluster create|minikube start)\b/

/** The steps of a job that change a cluster which outlives the job. */
export const mutations = ({ steps }: Pick<WorkflowJob, 'steps'>): readonly Step[] => {
  const isThrowaway = steps.some(({ action = '', run }) => action.startsWith('helm/kind-action') || throwaway.test(run))
  return isThrowaway ? [] : steps.filter(({ run }) => changes.test(run) && !run.includes('--dry-run'))
}

/** The steps of a job that build an image. */
export const builds = ({ steps }: Pick<WorkflowJob, 'steps'>): readonly Step[] =>
  steps.filter(({ action }) => action === 'docker/build-push-action')

/** Whether a build certainly pushes what it made. */
export const pushes = ({ inputs }: Step): boolean => inputs.push === true || inputs.push === 'true'
