import { usePinned } from './actions.ts'
import type { WorkflowSettings } from './workflow-settings.ts'

/** Where the digests of a promotion come from: what this run built, or what staging runs. */
export type Promotion = {
  readonly needs: readonly string[]
  readonly if?: string
  readonly environment: 'staging' | 'production'
  readonly take: 'built' | 'staging'
}

/**
 * Opens a pull request that changes the digests of one environment and renders it again. What the request holds was
 * checked and judged here, since a pull request that a workflow opens starts no other workflow.
 */
export const promotionJob = ({ actions, nodeVersion }: WorkflowSettings, runner: string, promotion: Promotion) => {
  const use = usePinned(actions)
  const { environment } = promotion
  return {
    ...(promotion.needs.length === 0 ? {} : { needs: promotion.needs }),
    ...(promotion.if === undefined ? {} : { if: promotion.if }),
    'runs-on': runner,
    'timeout-minutes': 20,
    environment,
    permissions: { actions: 'read', contents: 'write', 'pull-requests': 'write' },
    steps: [
      use('actions/checkout', { with: { 'persist-credentials': false } }),
      use('actions/setup-node', { with: { 'node-version': nodeVersion, cache: 'npm' } }),
      ...takeDigests(promotion),
      { name: 'Check and judge', run: 'npm run check && npm run verify' },
      use('peter-evans/create-pull-request', {
        with: {
          branch: `promote/${environment}`,
          base: 'main',
          title: `Promote to ${environment}`,
          'commit-message': `Promote to ${environment}`,
          body: `Only digests of \`infra/releases/${environment}.json\` and what is rendered from it have changed.`,
          'delete-branch': true,
        },
      }),
    ],
  }
}

const takeDigests = ({ environment, take }: Promotion) =>
  take === 'staging'
    ? [{ name: 'Take what staging runs', run: `npm run promote -- ${environment} --from staging` }]
    : [
        {
          name: 'Fetch the digests that were built',
          env: { GH_TOKEN: `\${{ github.token }}` },
          run: `gh run download "$GITHUB_RUN_ID" --pattern 'built-*' --dir built`,
        },
        { name: 'Take what was built', run: `cat built/*/* | xargs npm run promote -- ${environment}` },
      ]
