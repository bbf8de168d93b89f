import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../kubernetes/cluster-environment.ts'
import { aksBuckets } from './aks/buckets.ts'
import { aksCluster } from './aks/cluster.ts'
import { aksIdentities } from './aks/identities.ts'
import { aksNetwork } from './aks/network.ts'
import { aksVault } from './aks/vault.ts'
import { hcl, joined, type TerraformDocument } from './document.ts'
import { REQUIRED_TERRAFORM } from './modules.ts'
import { cloudVariables, sharedVariables, symbolic } from './variables.ts'
import { workloads } from './workloads.ts'

/** The cluster on Azure Kubernetes Service with its network, identities, vault and containers. */
export const aks = (platform: PlatformShape, environment: ClusterEnvironment): TerraformDocument => {
  const parts = joined([
    aksNetwork,
    aksVault,
    aksCluster(environment),
    aksBuckets,
    aksIdentities(workloads(platform, symbolic(environment), 'aks')),
  ])
  return {
    terraform: {
      required_version: REQUIRED_TERRAFORM,
      required_providers: { azurerm: { source: 'hashicorp/azurerm', version: '>= 4.42.0, < 5.0.0' } },
      // account, container and key are the operator's: `terraform init -backend-config=…`
      backend: { azurerm: { use_azuread_auth: true } },
    },
    provider: { azurerm: { features: {}, subscription_id: hcl('var.subscription'), storage_use_azuread: true } },
    variable: { ...sharedVariables, ...cloudVariables.aks },
    locals: { name: `knowton-${hcl('var.environment')}` },
    ...parts,
    output: {
      cluster_name: { value: hcl('module.aks.aks_name') },
      connect: {
        value: `az aks get-credentials --resource-group ${hcl('var.resource_group')} --name ${hcl('local.name')}`,
      },
      vault_url: { value: hcl('azurerm_key_vault.platform.vault_uri') },
      ...parts.output,
    },
  }
}
