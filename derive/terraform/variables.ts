import type { Cloud, ClusterEnvironment, PoolName } from '../kubernetes/cluster-environment.ts'
import { hcl, type TerraformBlock, type TerraformDocument, type TerraformValue } from './document.ts'

export type TerraformCloud = Exclude<Cloud, 'kind'>

const variable = (type: string, description: string): TerraformBlock => ({ type, description, nullable: false })

/** What every cluster is told, whatever its cloud: `<environment>.tfvars.json` holds the values. */
export const sharedVariables: TerraformDocument['variable'] = {
  environment: variable('string', 'Name of the environment, part of every name that is made here.'),
  kubernetes_version: variable('string', 'Minor version of Kubernetes.'),
  domain: variable('string', 'Domain of the platform; its DNS zone exists already.'),
  zones: variable('number', 'How many zones nodes are spread over.'),
  network: variable(
    'object({ cidr = string, nodes = string, edge = string, api_server = string, pods = string, services = string })',
    'Addresses; the network policies of the cluster are made of the same ones.',
  ),
  namespaces: variable('object({ apps = string, data = string, monitoring = string })', 'Namespaces of the platform.'),
  buckets: variable('object({ backups = string, works = string, models = string })', 'Buckets, unique in the world.'),
  pools: variable(
    'map(object({ instance_type = string, min_nodes = number, max_nodes = number, disk_gib = number }))',
    'Sizes of the pools of nodes.',
  ),
  api_access_cidrs: variable(
    'list(string)',
    'Addresses that may reach the API server from outside, such as an office.',
  ),
}

/** What only the operator knows of a cloud. */
export const cloudVariables: Readonly<Record<TerraformCloud, TerraformDocument['variable']>> = {
  eks: {
    region: variable('string', 'Region of AWS.'),
    account: variable('string', 'Id of the AWS account; any other is refused.'),
    administrators: variable('map(string)', 'ARNs of IAM roles that may do everything in the cluster, by a name.'),
  },
  gke: {
    region: variable('string', 'Region of Google Cloud.'),
    project: variable('string', 'Id of the project.'),
    dns_zone: variable('string', 'Name of the managed zone of the domain.'),
  },
  aks: {
    region: variable('string', 'Region of Azure.'),
    subscription: variable('string', 'Id of the subscription.'),
    tenant: variable('string', 'Id of the tenant.'),
    resource_group: variable('string', 'Resource group that exists and holds the DNS zone of the domain.'),
    storage_account: variable('string', 'Name of the storage account that is made; unique in the world.'),
    key_vault: variable('string', 'Name of the key vault that is made; unique in the world.'),
    administrators: variable('list(string)', 'Object ids of Entra groups that may do everything in the cluster.'),
  },
}

/** The values of one environment; what is the operator's and not known here is asked for by Terraform. */
export const variableValues = (environment: ClusterEnvironment, cloud: TerraformCloud): TerraformBlock => ({
  environment: environment.name,
  kubernetes_version: environment.kubernetesVersion,
  domain: environment.domain,
  zones: environment.zones,
  network: {
    cidr: environment.network.cidr,
    nodes: environment.network.nodes,
    edge: environment.network.edge,
    api_server: environment.network.apiServer.cidr,
    pods: environment.network.pods,
    services: environment.network.services,
  },
  namespaces: environment.namespaces,
  buckets: environment.objectStore.buckets,
  pools: Object.fromEntries(
    Object.entries(environment.pools).map(([name, { diskGiB, instanceTypes, maxNodes, minNodes }]) => [
      name,
      { instance_type: instanceTypes[cloud], min_nodes: minNodes, max_nodes: maxNodes, disk_gib: diskGiB },
    ]),
  ),
  ...accountValues(environment, cloud),
})

const accountValues = ({ cloud: account }: ClusterEnvironment, cloud: TerraformCloud): TerraformBlock => {
  if (account.kind !== cloud) return {}
  switch (account.kind) {
    case 'eks':
      return { region: account.region, account: account.account }
    case 'gke':
      return { region: account.region, project: account.project }
    case 'aks':
      return {
        region: account.region,
        subscription: account.subscription,
        tenant: account.tenant,
        resource_group: account.resourceGroup,
        storage_account: account.storageAccount,
        key_vault: new URL(account.vaultUrl).host.split('.')[0] ?? '',
      }
  }
}

/** An expression for a value of a pool. */
export const ofPool = (pool: PoolName, key: 'instance_type' | 'min_nodes' | 'max_nodes' | 'disk_gib'): TerraformValue =>
  hcl(`var.pools["${pool}"].${key}`)

/** An environment in which everything that differs between environments is an expression. */
export const symbolic = (environment: ClusterEnvironment): ClusterEnvironment => ({
  ...environment,
  name: hcl('var.environment'),
  domain: hcl('var.domain'),
  namespaces: {
    apps: hcl('var.namespaces.apps'),
    data: hcl('var.namespaces.data'),
    monitoring: hcl('var.namespaces.monitoring'),
  },
  objectStore: {
    buckets: {
      backups: hcl('var.buckets.backups'),
      works: hcl('var.buckets.works'),
      models: hcl('var.buckets.models'),
    },
    endpoint: undefined,
    server: undefined,
  },
})
