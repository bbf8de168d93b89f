import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import type { Component } from '../../manifest.ts'
import { storeAccount } from '../../parts/accounts.ts'
import { serverCertificate } from '../../parts/certificate.ts'
import { clickhouseNames } from './hosts.ts'
import { CLICKHOUSE_TLS, clickhouseInstallation } from './installation.ts'
import { keeper } from './keeper.ts'
import { CLICKHOUSE } from './names.ts'
import { clickhouseSecret } from './users.ts'

/** ClickHouse: the keepers, the shards and their replicas, users without a password in any file, and backups. */
export const clickhouseComponent = (platform: PlatformShape, environment: ClusterEnvironment): Component => ({
  name: 'clickhouse',
  group: 'data',
  files: {
    secrets: [clickhouseSecret(environment)],
    'service-account': [
      storeAccount(environment, {
        name: CLICKHOUSE.names.installation,
        component: 'clickhouse',
        identity: 'clickhouse',
      }),
    ],
    keeper: keeper(environment),
    clickhouse: [
      serverCertificate({
        name: CLICKHOUSE_TLS,
        namespace: environment.namespaces.data,
        component: 'clickhouse',
        dnsNames: clickhouseNames(environment),
        alsoClient: true,
      }),
      clickhouseInstallation(platform, environment),
    ],
  },
})
