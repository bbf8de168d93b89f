import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../kubernetes/cluster-environment.ts'
import { hcl, joined, type TerraformDocument } from './document.ts'
import { gkeAccounts } from './gke/accounts.ts'
import { gkeBuckets } from './gke/buckets.ts'
import { gkeCluster } from './gke/cluster.ts'
import { gkeKeys } from './gke/keys.ts'
import { gkeNetwork } from './gke/network.ts'
import { REQUIRED_TERRAFORM } from './modules.ts'
import { cloudVariables, sharedVariables, symbolic } from './variables.ts'
import { workloads } from './workloads.ts'

/** The cluster on Google Kubernetes Engine with its network, accounts and buckets. */
export const gke = (platform: PlatformShape, environment: ClusterEnvironment): TerraformDocument => {
  const parts = joined([
    gkeNetwork,
    gkeKeys,
    gkeCluster(environment),
    gkeBuckets,
    gkeAccounts(workloads(platform, symbolic(environment), 'gke')),
  ])
  return {
    terraform: {
      required_version: REQUIRED_TERRAFORM,
      required_providers: { google: { source: 'hashicorp/google', version: '~> 7.0' } },
      // the bucket is the operator's: `terraform init -backend-config=bucket=…`
      backend: { gcs: { prefix: 'knowton' } },
    },
    provider: {
      google: {
        project: hcl('var.project'),
        region: hcl('var.region'),
        default_labels: { project: 'knowton', environment: hcl('var.environment') },
      },
    },
    variable: { ...sharedVariables, ...cloudVariables.gke },
    locals: { name: `knowton-${hcl('var.environment')}` },
    ...parts,
    output: {
      cluster_name: { value: hcl('module.gke.name') },
      connect: {
        value: `gcloud container clusters get-credentials ${hcl('local.name')} --region ${hcl('var.region')} --project ${hcl('var.project')}`,
      },
      ...parts.output,
    },
  }
}
