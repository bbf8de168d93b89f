import type { PlatformShape } from '@knowton/core'
import { usePinned } from './actions.ts'
import type { WorkflowSettings } from './workflow-settings.ts'

/** Only a push to a branch of ours publishes: a pull request builds, and that is all. */
const PUBLISHES = `\${{ github.event_name == 'push' }}`
const ONLY_PUBLISHING = `github.event_name == 'push'`

/** One image per declared service, with its parts list, its provenance and a signature on its digest. */
export const buildJob = (platform: PlatformShape, { actions, registry }: WorkflowSettings, runner: string) => {
  const use = usePinned(actions)
  return {
    needs: ['test', 'check'],
    'runs-on': runner,
    'timeout-minutes': 30,
    strategy: { 'fail-fast': false, matrix: { service: Object.keys(platform.services) } },
    permissions: { contents: 'read', packages: 'write', 'id-token': 'write', attestations: 'write' },
    steps: [
      use('actions/checkout', { with: { 'persist-credentials': false } }),
      // names of images are lower case whatever the owner is called
      {
        id: 'image',
        name: 'Name the image',
        env: { OWNER: `\${{ github.repository_owner }}`, SERVICE: `\${{ matrix.service }}` },
        run: `echo "name=${registry}/\${OWNER,,}/\${SERVICE}" >> "$GITHUB_OUTPUT"`,
      },
      use('docker/setup-buildx-action'),
      use('docker/login-action', {
        if: ONLY_PUBLISHING,
        with: { registry, username: `\${{ github.actor }}`, password: `\${{ secrets.GITHUB_TOKEN }}` },
      }),
      use('docker/metadata-action', {
        id: 'metadata',
        with: { images: `\${{ steps.image.outputs.name }}`, tags: 'type=sha,format=long' } as const,
      }),
      use('docker/build-push-action', {
        id: 'build',
        with: {
          context: '.',
          'build-args': `SERVICE=\${{ matrix.service }}`,
          platforms: 'linux/amd64,linux/arm64',
          push: PUBLISHES,
          provenance: 'mode=max',
          sbom: true,
          tags: `\${{ steps.metadata.outputs.tags }}`,
          labels: `\${{ steps.metadata.outputs.labels }}`,
          'cache-from': `type=gha,scope=\${{ matrix.service }}`,
          'cache-to': `type=gha,scope=\${{ matrix.service }},mode=max`,
        },
      }),
      use('sigstore/cosign-installer', { if: ONLY_PUBLISHING }),
      {
        name: 'Sign the digest with the identity of this run',
        if: ONLY_PUBLISHING,
        env: { IMAGE: `\${{ steps.image.outputs.name }}@\${{ steps.build.outputs.digest }}` },
        run: 'cosign sign --yes "$IMAGE"',
      },
      use('actions/attest-build-provenance', {
        if: ONLY_PUBLISHING,
        with: {
          'subject-name': `\${{ steps.image.outputs.name }}`,
          'subject-digest': `\${{ steps.build.outputs.digest }}`,
          'push-to-registry': true,
        },
      }),
      {
        name: 'Note the digest',
        if: ONLY_PUBLISHING,
        env: { SERVICE: `\${{ matrix.service }}`, DIGEST: `\${{ steps.build.outputs.digest }}` },
        run: `mkdir -p built && echo "\${SERVICE}=sha-\${GITHUB_SHA}@\${DIGEST}" > "built/\${SERVICE}"`,
      },
      use('actions/upload-artifact', {
        if: ONLY_PUBLISHING,
        with: { name: `built-\${{ matrix.service }}`, path: 'built/', 'retention-days': 7 },
      }),
    ],
  }
}
