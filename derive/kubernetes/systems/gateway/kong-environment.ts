import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { wholeCores } from '../../parts/quantities.ts'
import { type EnvVar, INTERNAL_CA_FILE } from '../object-store/access.ts'
import { KONG_SECRET } from './kong-secret.ts'
import { countsTogether, RATE_LIMITS_PASSWORD } from './kong-yml.ts'
import { GATEWAY } from './names.ts'

/** Where Kong finds its configuration and certificate, and where it writes. */
export const KONG_FILES = {
  declarative: '/etc/knowton/kong',
  certificate: '/etc/knowton/gateway',
  prefix: '/var/run/kong',
} as const

/**
 * The variables of a Kong without a database and without an admin API. Clients reach it directly, so it believes no
 * header that names another address than theirs.
 */
export const kongEnvironment = (environment: ClusterEnvironment): readonly EnvVar[] => {
  const [plain, tls] = GATEWAY.ports.proxy
  const values = {
    KONG_DATABASE: 'off',
    KONG_DECLARATIVE_CONFIG: `${KONG_FILES.declarative}/kong.yml`,
    KONG_PREFIX: KONG_FILES.prefix,
    KONG_PROXY_LISTEN: `0.0.0.0:${plain} reuseport backlog=16384, 0.0.0.0:${tls} http2 ssl reuseport backlog=16384`,
    KONG_STATUS_LISTEN: `0.0.0.0:${GATEWAY.ports.status}`,
    KONG_ADMIN_LISTEN: 'off',
    KONG_ADMIN_GUI_LISTEN: 'off',
    KONG_SSL_CERT: `${KONG_FILES.certificate}/tls.crt`,
    KONG_SSL_CERT_KEY: `${KONG_FILES.certificate}/tls.key`,
    KONG_LUA_SSL_TRUSTED_CERTIFICATE: `system,${INTERNAL_CA_FILE}`,
    KONG_LUA_SSL_VERIFY_DEPTH: '2',
    KONG_NGINX_WORKER_PROCESSES: String(wholeCores(environment.gateway.resources.cpu.limit)),
    KONG_PROXY_ACCESS_LOG: '/dev/stdout',
    KONG_PROXY_ERROR_LOG: '/dev/stderr',
    KONG_STATUS_ACCESS_LOG: 'off',
    KONG_STATUS_ERROR_LOG: '/dev/stderr',
    KONG_HEADERS: 'off',
    KONG_UNTRUSTED_LUA: 'off',
    KONG_ANONYMOUS_REPORTS: 'off',
  }
  return [
    ...Object.entries(values).map(([name, value]) => ({ name, value })),
    ...(countsTogether(environment)
      ? [
          {
            name: RATE_LIMITS_PASSWORD,
            valueFrom: { secretKeyRef: { name: KONG_SECRET, key: RATE_LIMITS_PASSWORD } },
          },
        ]
      : []),
  ]
}
