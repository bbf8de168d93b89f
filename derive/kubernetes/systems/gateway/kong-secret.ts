import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { checksum, type Manifest } from '../../manifest.ts'
import { externalSecret } from '../../secrets/external-secret.ts'
import { countsTogether, kongYml, RATE_LIMITS_PASSWORD } from './kong-yml.ts'
import { GATEWAY } from './names.ts'

/** The Secret of the gateway: its `kong.yml`, and the password of the Redis that counts requests. */
export const KONG_SECRET = GATEWAY.names.gateway

/**
 * The key of `kong.yml` in the Secret. It names the content, so that a new pod waits until External Secrets has written
 * the configuration that it was rendered with, and never starts on the one before.
 */
export const kongYmlKey = (platform: PlatformShape, environment: ClusterEnvironment): string =>
  `kong-${checksum(kongYml(platform, environment))}.yml`

export const kongSecret = (platform: PlatformShape, environment: ClusterEnvironment): Manifest =>
  externalSecret(environment, {
    name: KONG_SECRET,
    namespace: environment.namespaces.apps,
    component: 'gateway',
    from: {
      accessTokenPublicKey: { entry: 'platform', property: 'accessTokenPublicKey' },
      ...(countsTogether(environment) ? { rateLimitsPassword: { entry: 'rate-limits', property: 'password' } } : {}),
    },
    template: {
      [kongYmlKey(platform, environment)]: kongYml(platform, environment),
      ...(countsTogether(environment) ? { [RATE_LIMITS_PASSWORD]: '{{ .rateLimitsPassword }}' } : {}),
    },
  })
