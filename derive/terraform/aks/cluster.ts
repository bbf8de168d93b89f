import type { ClusterEnvironment, PoolName, PoolSpec } from '../../kubernetes/cluster-environment.ts'
import { hcl, type TerraformBlock, type TerraformPart } from '../document.ts'
import { moduleSources } from '../modules.ts'
import { hasGpus, MAX_MAP_COUNT, poolLabels, poolTaints } from '../pools.ts'
import { ofPool } from '../variables.ts'

/** Azure takes names of pools of up to 12 lower-case letters and digits. */
const azureNames: Readonly<Record<PoolName, string>> = {
  'general-purpose': 'general',
  'compute-optimized': 'compute',
  'memory-optimized': 'memory',
  'gpu-nodes': 'gpu',
  data: 'data',
}

const zones = hcl('[for zone in range(var.zones) : tostring(zone + 1)]')
const subnet = { id: hcl('azurerm_subnet.nodes.id') }

/**
 * The cluster: the API server inside the network, Entra accounts only, Secrets encrypted by a key of its own. Calico
 * enforces the network policies and not Cilium, whose `ipBlock` never matches a node, so that Prometheus could not be
 * allowed to reach the kubelets and node exporters.
 */
export const aksCluster = ({ pools }: ClusterEnvironment): TerraformPart => {
  const { 'general-purpose': general, ...others } = pools
  return {
    module: {
      aks: {
        source: moduleSources.aks,
        location: hcl('var.region'),
        resource_group_name: hcl('data.azurerm_resource_group.here.name'),
        prefix: hcl('local.name'),
        cluster_name: hcl('local.name'),
        cluster_name_random_suffix: false,
        kubernetes_version: hcl('var.kubernetes_version'),
        orchestrator_version: hcl('var.kubernetes_version'),
        sku_tier: 'Standard',
        automatic_channel_upgrade: 'patch',
        node_os_channel_upgrade: 'NodeImage',
        ...network,
        ...access,
        ...generalPool(general),
        node_pools: Object.fromEntries(
          Object.entries(others).map(([key, pool]) => {
            const name = key as Exclude<PoolName, 'general-purpose'>
            return [azureNames[name], nodePool(name, pool)]
          }),
        ),
        log_analytics_workspace_enabled: true,
        log_retention_in_days: 90,
        storage_profile_enabled: true,
        storage_profile_disk_driver_enabled: true,
      },
    },
  }
}

const network: TerraformBlock = {
  vnet_subnet: subnet,
  api_server_vnet_integration_enabled: true,
  api_server_subnet_id: hcl('azurerm_subnet.api_server.id'),
  api_server_authorized_ip_ranges: hcl('var.api_access_cidrs'),
  network_plugin: 'azure',
  network_plugin_mode: 'overlay',
  network_policy: 'calico',
  net_profile_pod_cidr: hcl('var.network.pods'),
  net_profile_service_cidr: hcl('var.network.services'),
  net_profile_dns_service_ip: hcl('cidrhost(var.network.services, 10)'),
  net_profile_outbound_type: 'userAssignedNATGateway',
}

const access: TerraformBlock = {
  identity_type: 'UserAssigned',
  identity_ids: [hcl('azurerm_user_assigned_identity.cluster.id')],
  local_account_disabled: true,
  role_based_access_control_enabled: true,
  rbac_aad_azure_rbac_enabled: true,
  rbac_aad_tenant_id: hcl('var.tenant'),
  rbac_aad_admin_group_object_ids: hcl('var.administrators'),
  oidc_issuer_enabled: true,
  workload_identity_enabled: true,
  kms_enabled: true,
  kms_key_vault_key_id: hcl('azurerm_key_vault_key.secrets.id'),
  kms_key_vault_network_access: 'Public',
}

const generalPool = (pool: PoolSpec): TerraformBlock => ({
  agents_pool_name: azureNames['general-purpose'],
  agents_size: ofPool('general-purpose', 'instance_type'),
  agents_min_count: ofPool('general-purpose', 'min_nodes'),
  agents_max_count: ofPool('general-purpose', 'max_nodes'),
  agents_labels: poolLabels('general-purpose', pool),
  agents_availability_zones: zones,
  auto_scaling_enabled: true,
  os_disk_size_gb: ofPool('general-purpose', 'disk_gib'),
  host_encryption_enabled: true,
  temporary_name_for_rotation: 'rotation',
})

const nodePool = (name: Exclude<PoolName, 'general-purpose'>, pool: PoolSpec): TerraformBlock => ({
  name: azureNames[name],
  mode: 'User',
  vm_size: ofPool(name, 'instance_type'),
  auto_scaling_enabled: true,
  min_count: ofPool(name, 'min_nodes'),
  max_count: ofPool(name, 'max_nodes'),
  os_disk_size_gb: ofPool(name, 'disk_gib'),
  host_encryption_enabled: true,
  orchestrator_version: hcl('var.kubernetes_version'),
  vnet_subnet: subnet,
  zones,
  node_labels: poolLabels(name, pool),
  node_taints: poolTaints(name, pool).map(({ key, value, effect }) => `${key}=${value}:${effect}`),
  ...(hasGpus(name) ? { gpu_driver: 'Install' } : {}),
  ...(name === 'data' ? { linux_os_config: { sysctl_config: { vm_max_map_count: MAX_MAP_COUNT } } } : {}),
})
