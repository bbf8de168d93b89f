import type { PlatformShape } from '@knowton/core'
import { toYaml } from '../kubernetes/parts/yaml.ts'
import { usePinned, withVersionComments } from './actions.ts'
import { buildJob } from './build-job.ts'
import { promotionJob } from './promotion-job.ts'
import type { WorkflowSettings } from './workflow-settings.ts'

const RUNNER = 'ubuntu-24.04'
/** Longer than the slowest run that was ever seen, shorter than GitHub's six hours. */
const TEST_MINUTES = 45

/** The workflows of GitHub Actions, text by path. They test, build and propose; none of them touches a cluster. */
export const workflowFiles = (platform: PlatformShape, settings: WorkflowSettings): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ 'ci.yml': ci(platform, settings), 'promote.yml': promote(settings) }).map(([name, workflow]) => [
      `.github/workflows/${name}`,
      withVersionComments(toYaml([workflow])),
    ]),
  )

const ci = (platform: PlatformShape, settings: WorkflowSettings) => ({
  name: 'Test, build and propose',
  on: { push: { branches: ['main', 'develop'] }, pull_request: { branches: ['main'] } },
  permissions: {},
  concurrency: {
    group: `\${{ github.workflow }}-\${{ github.ref }}`,
    'cancel-in-progress': `\${{ github.event_name == 'pull_request' }}`,
  },
  jobs: {
    test: testJob(settings),
    check: checkJob(settings),
    build: buildJob(platform, settings, RUNNER),
    'promote-staging': promotionJob(settings, RUNNER, {
      needs: ['build'],
      if: `github.event_name == 'push' && github.ref == 'refs/heads/main'`,
      environment: 'staging',
      take: 'built',
    }),
  },
})

const promote = (settings: WorkflowSettings) => ({
  name: 'Promote staging to production',
  on: { workflow_dispatch: {} },
  permissions: {},
  concurrency: { group: 'promote-production', 'cancel-in-progress': false },
  jobs: {
    'promote-production': promotionJob(settings, RUNNER, {
      needs: [],
      environment: 'production',
      take: 'staging',
    }),
  },
})

const prepare = ({ actions, nodeVersion }: WorkflowSettings) => {
  const use = usePinned(actions)
  return [
    use('actions/checkout', { with: { 'persist-credentials': false } }),
    use('actions/setup-node', { with: { 'node-version': nodeVersion, cache: 'npm' } }),
  ]
}

const testJob = (settings: WorkflowSettings) => {
  const use = usePinned(settings.actions)
  return {
    'runs-on': RUNNER,
    'timeout-minutes': TEST_MINUTES,
    permissions: { contents: 'read', 'id-token': 'write' },
    steps: [
      ...prepare(settings),
      { name: 'Install what checks alert rules', run: 'sudo apt-get update && sudo apt-get install -y prometheus' },
      { name: 'Test everything', run: 'npm test' },
      { name: 'Measure coverage', run: 'npm run test:coverage' },
      use('codecov/codecov-action', {
        name: 'Upload coverage',
        with: { files: 'coverage/lcov.info', use_oidc: true, fail_ci_if_error: false },
      }),
    ],
  }
}

const checkJob = (settings: WorkflowSettings) => {
  const use = usePinned(settings.actions)
  return {
    'runs-on': RUNNER,
    'timeout-minutes': 20,
    permissions: { contents: 'read' },
    steps: [
      ...prepare(settings),
      { name: 'Format, types, layers, generated and rendered files', run: 'npm run check' },
      { name: 'Judge what is rendered', run: 'npm run --silent verify -- --format sarif > verify.sarif' },
      use('actions/upload-artifact', {
        name: 'Keep the verdict',
        if: 'always()',
        with: { name: 'verify', path: 'verify.sarif' },
      }),
    ],
  }
}
