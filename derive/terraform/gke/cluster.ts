import type { ClusterEnvironment, PoolName, PoolSpec } from '../../kubernetes/cluster-environment.ts'
import { hcl, type TerraformBlock, type TerraformPart } from '../document.ts'
import { moduleSources } from '../modules.ts'
import { hasGpus, MAX_MAP_COUNT, poolLabels, poolTaints } from '../pools.ts'
import { ofPool } from '../variables.ts'

/**
 * The cluster: regional, private nodes, Secrets encrypted by a key of its own. Calico enforces the network policies and
 * not Dataplane V2, whose `ipBlock` never matches a node (Cilium's `policy-cidr-match-mode`), so that Prometheus could
 * not be allowed to reach the kubelets and node exporters.
 */
export const gkeCluster = ({ pools }: ClusterEnvironment): TerraformPart => ({
  module: {
    gke: {
      source: moduleSources.gke,
      project_id: hcl('var.project'),
      name: hcl('local.name'),
      regional: true,
      region: hcl('var.region'),
      kubernetes_version: hcl('var.kubernetes_version'),
      release_channel: 'REGULAR',
      deletion_protection: true,
      network: hcl('google_compute_network.platform.name'),
      subnetwork: hcl('google_compute_subnetwork.nodes.name'),
      ip_range_pods: 'pods',
      ip_range_services: 'services',
      enable_private_nodes: true,
      enable_private_endpoint: false,
      master_ipv4_cidr_block: hcl('cidrsubnet(var.network.api_server, 4, 0)'),
      master_authorized_networks: hcl(
        '[for cidr in var.api_access_cidrs : { cidr_block = cidr, display_name = "outside" }]',
      ),
      network_policy: true,
      network_policy_provider: 'CALICO',
      dns_cache: false,
      database_encryption: [
        { state: 'ENCRYPTED', key_name: hcl('google_kms_crypto_key_iam_member.gke.crypto_key_id') },
      ],
      identity_namespace: 'enabled',
      node_metadata: 'GKE_METADATA',
      enable_shielded_nodes: true,
      gce_pd_csi_driver: true,
      http_load_balancing: true,
      horizontal_pod_autoscaling: true,
      monitoring_enable_managed_prometheus: false,
      logging_enabled_components: ['SYSTEM_COMPONENTS', 'WORKLOADS', 'APISERVER', 'CONTROLLER_MANAGER', 'SCHEDULER'],
      create_service_account: true,
      grant_registry_access: false,
      remove_default_node_pool: true,
      initial_node_count: 1,
      node_pools: each(pools, nodePool).map(([, block]) => block),
      node_pools_labels: { all: {}, ...Object.fromEntries(each(pools, poolLabels)) },
      node_pools_taints: {
        all: [],
        ...Object.fromEntries(
          each(pools, (name, pool) =>
            poolTaints(name, pool).map(({ key, value }) => ({ key, value, effect: 'NO_SCHEDULE' })),
          ),
        ),
      },
      node_pools_linux_node_configs_sysctls: { all: {}, data: { 'vm.max_map_count': String(MAX_MAP_COUNT) } },
    },
  },
})

const each = <T>(
  pools: Readonly<Record<PoolName, PoolSpec>>,
  of: (name: PoolName, pool: PoolSpec) => T,
): readonly (readonly [PoolName, T])[] =>
  Object.entries(pools).map(([key, pool]) => {
    const name = key as PoolName
    return [name, of(name, pool)]
  })

/** Sizes are of the whole pool and not of one zone. */
const nodePool = (name: PoolName): TerraformBlock => ({
  name,
  machine_type: ofPool(name, 'instance_type'),
  total_min_count: ofPool(name, 'min_nodes'),
  total_max_count: ofPool(name, 'max_nodes'),
  location_policy: 'BALANCED',
  disk_size_gb: ofPool(name, 'disk_gib'),
  disk_type: 'pd-balanced',
  image_type: 'COS_CONTAINERD',
  auto_repair: true,
  auto_upgrade: true,
  ...(hasGpus(name) ? { accelerator_count: 1, accelerator_type: 'nvidia-l4', gpu_driver_version: 'DEFAULT' } : {}),
})
