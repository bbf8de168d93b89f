import type { PlatformShape } from '@knowton/core'
import { stringify } from 'yaml'
import { kongConfig, type RateLimits } from '../../../gateway/kong-config.ts'
import { serviceHost } from '../../addresses.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { rateLimitsAddress } from '../redis/names.ts'

/** The variable of the gateway that holds the password of the Redis that counts requests. */
export const RATE_LIMITS_PASSWORD = 'RATE_LIMITS_PASSWORD'

/** Stands in for the key in the text until it has become YAML. */
const KEY_MARK = 'ACCESS_TOKEN_PUBLIC_KEY'

/**
 * `kong.yml` as a Go template over `.accessTokenPublicKey`. Kong takes no reference to a vault for the key of tokens, so
 * External Secrets puts it in; the password of Redis it does take as one.
 */
export const kongYml = (platform: PlatformShape, environment: ClusterEnvironment): string =>
  stringify(
    kongConfig(platform, environment, {
      accessTokenPublicKey: KEY_MARK,
      publicOrigins: [`https://${environment.domain}`],
      upstreams: Object.fromEntries(
        Object.keys(platform.services).map((name) => [
          name,
          `http://${serviceHost(name, environment.namespaces.apps)}`,
        ]),
      ),
      rateLimits: rateLimits(environment),
      tlsOnly: true,
    }),
    { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' },
  ).replaceAll(KEY_MARK, '{{ .accessTokenPublicKey | toJson }}')

/** True when gateways count requests together. */
export const countsTogether = ({ gateway }: ClusterEnvironment): boolean => gateway.rateLimits === 'redis'

const rateLimits = (environment: ClusterEnvironment): RateLimits =>
  countsTogether(environment)
    ? {
        kind: 'redis',
        ...rateLimitsAddress(environment),
        password: `{vault://env/${RATE_LIMITS_PASSWORD.toLowerCase().replaceAll('_', '-')}}`,
      }
    : { kind: 'shared-out', gateways: environment.gateway.replicas }
