import type { ClusterEnvironment } from '../../cluster-environment.ts'
import type { Manifest } from '../../manifest.ts'
import { externalSecret } from '../../secrets/external-secret.ts'

export type Bucket = keyof ClusterEnvironment['objectStore']['buckets']

/** A variable of a container. */
export type EnvVar =
  | { readonly name: string; readonly value: string }
  | {
      readonly name: string
      readonly valueFrom: { readonly secretKeyRef: { readonly name: string; readonly key: string } }
    }

/** The Secret with keys `accessKeyId` and `secretAccessKey`, in each namespace that reaches a store with keys of its own. */
export const OBJECT_STORE_SECRET = 'object-store-credentials'

/** The Secret whose `ca.crt` signed the certificate of a store inside the cluster. */
export const OBJECT_STORE_CA_SECRET = 'object-store-tls'

/** Where signatures of a store that is not Amazon's are counted. */
const OWN_REGION = 'us-east-1'

/** The address of a bucket, as rclone, barman and people write it: `s3://…`, `gs://…`, `https://<account>.blob…`. */
export const bucketUrl = (environment: ClusterEnvironment, bucket: Bucket, path = ''): string => {
  const name = environment.objectStore.buckets[bucket]
  const tail = path === '' ? name : `${name}/${path}`
  const { cloud } = environment
  if (environment.objectStore.endpoint !== undefined) return `s3://${tail}`
  switch (cloud.kind) {
    case 'gke':
      return `gs://${tail}`
    case 'aks':
      return `https://${cloud.storageAccount}.blob.core.windows.net/${tail}`
    case 'eks':
    case 'kind':
      return `s3://${tail}`
  }
}

/** The region that requests to the store are signed for. */
export const objectStoreRegion = ({ cloud, objectStore }: ClusterEnvironment): string =>
  objectStore.endpoint === undefined && cloud.kind !== 'kind' ? cloud.region : OWN_REGION

/** True when the store is one of ours, inside the cluster, with a certificate of our own authority. */
export const runsObjectStore = (environment: ClusterEnvironment): boolean =>
  environment.objectStore.server !== undefined

/** Where containers find the certificate of the authority that signs for the systems of the platform. */
export const INTERNAL_CA_FILE = '/etc/knowton/tls/ca.crt'

/** Makes programs written in Go trust our own authority beside the world's; nothing where no store of ours is asked. */
export const trustOwnStore = (environment: ClusterEnvironment): readonly EnvVar[] =>
  runsObjectStore(environment) ? [{ name: 'SSL_CERT_FILE', value: INTERNAL_CA_FILE }] : []

/** The ExternalSecret of the store's keys; none where the cloud knows the pod itself. */
export const objectStoreSecret = (
  environment: ClusterEnvironment,
  namespace: string,
  component: string,
): readonly Manifest[] =>
  environment.objectStore.endpoint === undefined
    ? []
    : [
        externalSecret(environment, {
          name: OBJECT_STORE_SECRET,
          namespace,
          component,
          from: {
            accessKeyId: { entry: 'object-store', property: 'accessKeyId' },
            secretAccessKey: { entry: 'object-store', property: 'secretAccessKey' },
          },
        }),
      ]

/** The keys of the store as variables named `accessKeyId` and `secretAccessKey` are; none where the cloud knows the pod. */
export const objectStoreKeys = (
  environment: ClusterEnvironment,
  variables: { readonly accessKeyId: string; readonly secretAccessKey: string },
): readonly EnvVar[] =>
  environment.objectStore.endpoint === undefined
    ? []
    : [
        { name: variables.accessKeyId, valueFrom: fromSecret('accessKeyId') },
        { name: variables.secretAccessKey, valueFrom: fromSecret('secretAccessKey') },
      ]

const fromSecret = (key: string) => ({ secretKeyRef: { name: OBJECT_STORE_SECRET, key } })

/** How barman reaches the bucket of backups: the `configuration` of an ObjectStore, without its WAL and data settings. */
export const barmanStore = (environment: ClusterEnvironment, path: string) => {
  const { endpoint } = environment.objectStore
  const destinationPath = bucketUrl(environment, 'backups', path)
  if (endpoint !== undefined) {
    const key = (name: string) => ({ name: OBJECT_STORE_SECRET, key: name })
    return {
      destinationPath,
      endpointURL: endpoint,
      ...(runsObjectStore(environment) ? { endpointCA: { name: OBJECT_STORE_CA_SECRET, key: 'ca.crt' } } : {}),
      s3Credentials: { accessKeyId: key('accessKeyId'), secretAccessKey: key('secretAccessKey') },
    }
  }
  switch (environment.cloud.kind) {
    case 'gke':
      return { destinationPath, googleCredentials: { gkeEnvironment: true } }
    case 'aks':
      return { destinationPath, azureCredentials: { useDefaultAzureCredentials: true } }
    case 'eks':
    case 'kind':
      return { destinationPath, s3Credentials: { inheritFromIAMRole: true } }
  }
}

/** Weaviate's backup module and its variables. */
export const weaviateBackup = (
  environment: ClusterEnvironment,
): { readonly module: 'backup-s3' | 'backup-gcs' | 'backup-azure'; readonly env: readonly EnvVar[] } => {
  const { cloud, objectStore } = environment
  const bucket = objectStore.buckets.backups
  if (objectStore.endpoint === undefined && cloud.kind === 'gke') {
    return {
      module: 'backup-gcs',
      env: variables({ BACKUP_GCS_BUCKET: bucket, BACKUP_GCS_PATH: 'weaviate', GOOGLE_CLOUD_PROJECT: cloud.project }),
    }
  }
  if (objectStore.endpoint === undefined && cloud.kind === 'aks') {
    return {
      module: 'backup-azure',
      env: variables({
        BACKUP_AZURE_CONTAINER: bucket,
        BACKUP_AZURE_PATH: 'weaviate',
        AZURE_STORAGE_ACCOUNT: cloud.storageAccount,
      }),
    }
  }
  return {
    module: 'backup-s3',
    env: [
      ...variables({
        BACKUP_S3_BUCKET: bucket,
        BACKUP_S3_PATH: 'weaviate',
        BACKUP_S3_ENDPOINT: hostOf(
          objectStore.endpoint ?? `https://s3.${objectStoreRegion(environment)}.amazonaws.com`,
        ),
        BACKUP_S3_USE_SSL: String(!objectStore.endpoint?.startsWith('http:')),
        AWS_REGION: objectStoreRegion(environment),
      }),
      ...objectStoreKeys(environment, { accessKeyId: 'AWS_ACCESS_KEY_ID', secretAccessKey: 'AWS_SECRET_ACCESS_KEY' }),
    ],
  }
}

/** The variables that tell clickhouse-backup where backups go; each replica has a folder of its own. */
export const clickhouseBackupStore = (environment: ClusterEnvironment): readonly EnvVar[] => {
  const { cloud, objectStore } = environment
  const bucket = objectStore.buckets.backups
  // the operator's macros, filled in by clickhouse-backup
  const path = 'clickhouse/{cluster}/{replica}'
  if (objectStore.endpoint === undefined && cloud.kind === 'gke') {
    return variables({ REMOTE_STORAGE: 'gcs', GCS_BUCKET: bucket, GCS_PATH: path })
  }
  if (objectStore.endpoint === undefined && cloud.kind === 'aks') {
    return variables({
      REMOTE_STORAGE: 'azblob',
      AZBLOB_ACCOUNT_NAME: cloud.storageAccount,
      AZBLOB_CONTAINER: bucket,
      AZBLOB_PATH: path,
      AZBLOB_USE_MANAGED_IDENTITY: 'true',
    })
  }
  return [
    ...variables({
      REMOTE_STORAGE: 's3',
      S3_BUCKET: bucket,
      S3_PATH: path,
      S3_REGION: objectStoreRegion(environment),
      ...(objectStore.endpoint === undefined
        ? { S3_SSE: 'AES256' }
        : { S3_ENDPOINT: objectStore.endpoint, S3_FORCE_PATH_STYLE: 'true' }),
    }),
    ...objectStoreKeys(environment, { accessKeyId: 'S3_ACCESS_KEY', secretAccessKey: 'S3_SECRET_KEY' }),
  ]
}

/** The variables that make `store:<bucket>` mean the object store to rclone. */
export const rcloneStore = (environment: ClusterEnvironment): readonly EnvVar[] => {
  const { cloud, objectStore } = environment
  if (objectStore.endpoint === undefined && cloud.kind === 'gke') {
    return variables({ RCLONE_CONFIG_STORE_TYPE: 'google cloud storage', RCLONE_CONFIG_STORE_ENV_AUTH: 'true' })
  }
  if (objectStore.endpoint === undefined && cloud.kind === 'aks') {
    return variables({
      RCLONE_CONFIG_STORE_TYPE: 'azureblob',
      RCLONE_CONFIG_STORE_ACCOUNT: cloud.storageAccount,
      RCLONE_CONFIG_STORE_ENV_AUTH: 'true',
    })
  }
  return [
    ...variables({
      RCLONE_CONFIG_STORE_TYPE: 's3',
      RCLONE_CONFIG_STORE_PROVIDER: objectStore.endpoint === undefined ? 'AWS' : 'Other',
      RCLONE_CONFIG_STORE_REGION: objectStoreRegion(environment),
      ...(objectStore.endpoint === undefined
        ? { RCLONE_CONFIG_STORE_ENV_AUTH: 'true' }
        : { RCLONE_CONFIG_STORE_ENDPOINT: objectStore.endpoint }),
      ...(runsObjectStore(environment) ? { RCLONE_CA_CERT: INTERNAL_CA_FILE } : {}),
    }),
    ...objectStoreKeys(environment, {
      accessKeyId: 'RCLONE_CONFIG_STORE_ACCESS_KEY_ID',
      secretAccessKey: 'RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY',
    }),
  ]
}

const variables = (values: Readonly<Record<string, string>>): readonly EnvVar[] =>
  Object.entries(values).map(([name, value]) => ({ name, value }))

const hostOf = (url: string): string => new URL(url).host
