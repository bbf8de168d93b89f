/** The actions that workflows may use, each by the commit of one released version. */
export type ActionName =
  | 'actions/checkout'
  | 'actions/setup-node'
  | 'actions/upload-artifact'
  | 'actions/attest-build-provenance'
  | 'codecov/codecov-action'
  | 'docker/setup-buildx-action'
  | 'docker/login-action'
  | 'docker/metadata-action'
  | 'docker/build-push-action'
  | 'sigstore/cosign-installer'
  | 'peter-evans/create-pull-request'
export type ActionPins = Readonly<Record<ActionName, { readonly version: string; readonly commit: string }>>

/** One step of a job. */
export type Step = Readonly<Record<string, unknown>>

/** A step that uses an action at its pinned commit; the version follows the commit as a comment. */
export type UseAction = (action: ActionName, step?: Step) => Step

/** Stands between a commit and its version until the file is printed, where it becomes a comment. */
const VERSION_MARK = ' ⟨version⟩ '

/** Makes steps that use pinned actions. */
export const usePinned =
  (pins: ActionPins): UseAction =>
  (action, step = {}) => ({
    ...(step.name === undefined ? {} : { name: step.name }),
    uses: `${action}@${pins[action].commit}${VERSION_MARK}${pins[action].version}`,
    ...Object.fromEntries(Object.entries(step).filter(([key]) => key !== 'name')),
  })

/** Turns the versions behind commits into comments, where tools that raise pins look for them. */
export const withVersionComments = (yaml: string): string =>
  yaml.replaceAll(new RegExp(`uses: "?(\\S+?)${VERSION_MARK}([^"\\n]+)"?$`, 'gm'), 'uses: $1 # $2')
