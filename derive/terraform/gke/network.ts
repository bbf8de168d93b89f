import { hcl, type TerraformPart } from '../document.ts'

/** A network with one subnet for nodes and ranges of their own for pods and Services; nodes go out through a NAT. */
export const gkeNetwork: TerraformPart = {
  resource: {
    google_compute_network: { platform: { name: hcl('local.name'), auto_create_subnetworks: false } },
    google_compute_subnetwork: {
      nodes: {
        name: `${hcl('local.name')}-nodes`,
        region: hcl('var.region'),
        network: hcl('google_compute_network.platform.id'),
        ip_cidr_range: hcl('var.network.nodes'),
        private_ip_google_access: true,
        secondary_ip_range: [
          { range_name: 'pods', ip_cidr_range: hcl('var.network.pods') },
          { range_name: 'services', ip_cidr_range: hcl('var.network.services') },
        ],
        log_config: { aggregation_interval: 'INTERVAL_10_MIN', flow_sampling: 0.1, metadata: 'INCLUDE_ALL_METADATA' },
      },
    },
    google_compute_router: {
      platform: {
        name: hcl('local.name'),
        region: hcl('var.region'),
        network: hcl('google_compute_network.platform.id'),
      },
    },
    google_compute_router_nat: {
      platform: {
        name: hcl('local.name'),
        region: hcl('var.region'),
        router: hcl('google_compute_router.platform.name'),
        nat_ip_allocate_option: 'AUTO_ONLY',
        source_subnetwork_ip_ranges_to_nat: 'ALL_SUBNETWORKS_ALL_IP_RANGES',
        log_config: { enable: true, filter: 'ERRORS_ONLY' },
      },
    },
  },
}
