import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../kubernetes/cluster-environment.ts'
import { hcl, joined, type TerraformDocument } from './document.ts'
import { eksBuckets } from './eks/buckets.ts'
import { eksCluster } from './eks/cluster.ts'
import { eksNetwork } from './eks/network.ts'
import { eksRoles } from './eks/roles.ts'
import { REQUIRED_TERRAFORM } from './modules.ts'
import { cloudVariables, sharedVariables, symbolic } from './variables.ts'
import { workloads } from './workloads.ts'

/** The cluster on Amazon EKS with its network, roles and buckets. */
export const eks = (platform: PlatformShape, environment: ClusterEnvironment): TerraformDocument => {
  const parts = joined([
    eksNetwork,
    eksCluster(environment),
    eksBuckets,
    eksRoles(workloads(platform, symbolic(environment), 'eks')),
  ])
  return {
    terraform: {
      required_version: REQUIRED_TERRAFORM,
      required_providers: { aws: { source: 'hashicorp/aws', version: '~> 6.0' } },
      // bucket, key and region are the operator's: `terraform init -backend-config=…`
      backend: { s3: { encrypt: true, use_lockfile: true } },
    },
    provider: {
      aws: {
        region: hcl('var.region'),
        allowed_account_ids: [hcl('var.account')],
        default_tags: { tags: { project: 'knowton', environment: hcl('var.environment') } },
      },
    },
    variable: { ...sharedVariables, ...cloudVariables.eks },
    locals: { name: `knowton-${hcl('var.environment')}` },
    ...parts,
    output: {
      cluster_name: { value: hcl('module.eks.cluster_name') },
      connect: { value: `aws eks update-kubeconfig --region ${hcl('var.region')} --name ${hcl('local.name')}` },
      ...parts.output,
    },
  }
}
