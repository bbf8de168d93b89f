import type { PoolName, PoolSpec } from '../../kubernetes/cluster-environment.ts'
import type { TerraformBlock } from '../document.ts'
import { hasGpus, MAX_MAP_COUNT, poolLabels, poolTaints } from '../pools.ts'
import { ofPool } from '../variables.ts'

/** The pools as managed node groups. Disks are encrypted, and a pod cannot ask the node's metadata for the node's role. */
export const eksNodeGroups = (pools: Readonly<Record<PoolName, PoolSpec>>): TerraformBlock =>
  Object.fromEntries(
    Object.entries(pools).map(([key, pool]) => {
      const name = key as PoolName
      return [name, nodeGroup(name, pool)]
    }),
  )

const nodeGroup = (name: PoolName, pool: PoolSpec): TerraformBlock => {
  const taints = poolTaints(name, pool)
  return {
    // the image for GPUs carries NVIDIA's driver and container runtime
    ami_type: hasGpus(name) ? 'AL2023_x86_64_NVIDIA' : 'AL2023_x86_64_STANDARD',
    instance_types: [ofPool(name, 'instance_type')],
    min_size: ofPool(name, 'min_nodes'),
    max_size: ofPool(name, 'max_nodes'),
    desired_size: ofPool(name, 'min_nodes'),
    labels: poolLabels(name, pool),
    ...(taints.length === 0
      ? {}
      : {
          taints: Object.fromEntries(
            taints.map(({ key, value }) => [key.replaceAll(/[./]/g, '-'), { key, value, effect: 'NO_SCHEDULE' }]),
          ),
        }),
    block_device_mappings: {
      root: {
        device_name: '/dev/xvda',
        ebs: {
          volume_size: ofPool(name, 'disk_gib'),
          volume_type: 'gp3',
          encrypted: true,
          delete_on_termination: true,
        },
      },
    },
    metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
    update_config: { max_unavailable_percentage: 33 },
    ...(name === 'data' ? { cloudinit_pre_nodeadm: [mapCount] } : {}),
  }
}

const mapCount: TerraformBlock = {
  content_type: 'text/x-shellscript; charset="us-ascii"',
  content: `#!/bin/sh\necho vm.max_map_count=${MAX_MAP_COUNT} > /etc/sysctl.d/90-weaviate.conf\nsysctl --system\n`,
}
