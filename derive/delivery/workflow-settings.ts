import type { ActionPins } from './actions.ts'

/** What the workflows need to know besides the platform. */
export type WorkflowSettings = {
  readonly actions: ActionPins
  /** Major version of Node.js that starts the checks; the repository brings its own exact one. */
  readonly nodeVersion: string
  /** `ghcr.io` */
  readonly registry: string
}
