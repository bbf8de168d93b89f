import { expect, test } from 'vitest'
import { toyClouds, toyCluster, toyClusterIn, toyMachine } from '../../../testing/toy-cluster.ts'
import { toyPlatform } from '../../../testing/toy-platform.ts'
import type { CloudAccount } from '../../cluster-environment.ts'
import { cloudIdentities, cloudPodLabels, serviceAccountAnnotations } from '../../workload-identity.ts'
import { clusterOf } from '../systems.ts'
import { barmanStore, bucketUrl, clickhouseBackupStore, type EnvVar, rcloneStore, weaviateBackup } from './access.ts'

const inCloud = (kind: CloudAccount['kind']) => {
  const cloud = toyClouds.find((each) => each.kind === kind)
  if (cloud === undefined) throw new Error(`no account in ${kind}`)
  return toyClusterIn(cloud)
}

const values = (env: readonly EnvVar[]) =>
  Object.fromEntries(env.flatMap((each) => ('value' in each ? [[each.name, each.value]] : [])))

test.each([
  ['eks', 's3://books-backups/postgres', { inheritFromIAMRole: true }],
  ['gke', 'gs://books-backups/postgres', { gkeEnvironment: true }],
  ['aks', 'https://booksstore.blob.core.windows.net/books-backups/postgres', { useDefaultAzureCredentials: true }],
] as const)(
  'on %s the bucket is reached with the pod’s identity, and no key stands anywhere',
  (kind, url, credentials) => {
    const environment = inCloud(kind)
    expect(bucketUrl(environment, 'backups', 'postgres')).toBe(url)
    expect(Object.values(barmanStore(environment, 'postgres'))).toEqual([url, credentials])
    const all = [...clickhouseBackupStore(environment), ...rcloneStore(environment), ...weaviateBackup(environment).env]
    expect(all.filter((variable) => 'valueFrom' in variable)).toEqual([])
  },
)

test('each cloud has its own module of Weaviate, kind of remote storage and kind of remote', () => {
  expect(
    (['eks', 'gke', 'aks'] as const).map((kind) => [
      weaviateBackup(inCloud(kind)).module,
      values(clickhouseBackupStore(inCloud(kind))).REMOTE_STORAGE,
      values(rcloneStore(inCloud(kind))).RCLONE_CONFIG_STORE_TYPE,
    ]),
  ).toEqual([
    ['backup-s3', 's3', 's3'],
    ['backup-gcs', 'gcs', 'google cloud storage'],
    ['backup-azure', 'azblob', 'azureblob'],
  ])
})

test('a store inside the cluster is reached over TLS that is checked, with keys from its Secret', () => {
  expect(barmanStore(toyMachine, 'postgres')).toEqual({
    destinationPath: 's3://books-backups/postgres',
    endpointURL: 'https://object-store.toy-data.svc:7070',
    endpointCA: { name: 'object-store-tls', key: 'ca.crt' },
    s3Credentials: {
      accessKeyId: { name: 'object-store-credentials', key: 'accessKeyId' },
      secretAccessKey: { name: 'object-store-credentials', key: 'secretAccessKey' },
    },
  })
  expect(values(weaviateBackup(toyMachine).env)).toMatchObject({
    BACKUP_S3_ENDPOINT: 'object-store.toy-data.svc:7070',
    BACKUP_S3_USE_SSL: 'true',
  })
  expect(cloudIdentities(clusterOf(toyPlatform, toyMachine))).toEqual([])
})

test('each role of the cloud opens one bucket, for the ServiceAccounts that need it', () => {
  const identities = cloudIdentities(clusterOf(toyPlatform, toyCluster))
  expect(identities.map(({ name }) => name)).toEqual(['postgres', 'clickhouse', 'weaviate', 'works', 'models'])
  expect(
    identities.map(({ serviceAccounts, bucket, prefix, access }) => [serviceAccounts, bucket, prefix, access]),
  ).toEqual([
    [['knowton-postgres', 'knowton-postgres-drill'], 'backups', 'postgres/', 'read-write'],
    [['knowton-clickhouse'], 'backups', 'clickhouse/', 'read-write'],
    [['weaviate'], 'backups', 'weaviate/', 'read-write'],
    [['bookshop'], 'works', '', 'read-write'],
    [['torchserve-inference'], 'models', '', 'read'],
  ])
})

test('a ServiceAccount names its role in the way of its cloud', () => {
  expect(
    (['eks', 'gke', 'aks', 'kind'] as const).map((kind) => serviceAccountAnnotations(inCloud(kind), 'secrets')),
  ).toEqual([
    { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/knowton-toy-secrets' },
    { 'iam.gke.io/gcp-service-account': 'knowton-toy-secrets@books-project.iam.gserviceaccount.com' },
    { 'azure.workload.identity/client-id': '00000000-0000-4000-8000-000000000003' },
    {},
  ])
  expect(cloudPodLabels(inCloud('aks'))).toEqual({ 'azure.workload.identity/use': 'true' })
})

test('the names of roles fit Google’s thirty letters', () => {
  for (const { name } of cloudIdentities(clusterOf(toyPlatform, toyCluster)))
    expect(`knowton-production-${name}`.length).toBeLessThanOrEqual(30)
})
