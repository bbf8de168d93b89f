import { hcl, type TerraformPart } from '../document.ts'

const resource_group_name = hcl('data.azurerm_resource_group.here.name')
const location = hcl('var.region')
const scope = hcl('azurerm_key_vault.platform.id')

/** The vault of the platform's secrets and of the key that encrypts Secrets in the cluster's database. */
export const aksVault: TerraformPart = {
  data: { azurerm_client_config: { current: {} } },
  resource: {
    azurerm_key_vault: {
      platform: {
        name: hcl('var.key_vault'),
        resource_group_name,
        location,
        tenant_id: hcl('var.tenant'),
        sku_name: 'standard',
        rbac_authorization_enabled: true,
        purge_protection_enabled: true,
        soft_delete_retention_days: 90,
      },
    },
    azurerm_key_vault_key: {
      secrets: {
        name: 'cluster-secrets',
        key_vault_id: scope,
        key_type: 'RSA',
        key_size: 2048,
        key_opts: ['decrypt', 'encrypt'],
        depends_on: ['azurerm_role_assignment.vault_creator'],
      },
    },
    azurerm_user_assigned_identity: {
      cluster: { name: hcl('local.name'), resource_group_name, location },
    },
    azurerm_role_assignment: {
      vault_creator: {
        scope,
        role_definition_name: 'Key Vault Crypto Officer',
        principal_id: hcl('data.azurerm_client_config.current.object_id'),
      },
      cluster_key: {
        scope,
        role_definition_name: 'Key Vault Crypto User',
        principal_id: hcl('azurerm_user_assigned_identity.cluster.principal_id'),
      },
      cluster_network: {
        scope: hcl('azurerm_virtual_network.platform.id'),
        role_definition_name: 'Network Contributor',
        principal_id: hcl('azurerm_user_assigned_identity.cluster.principal_id'),
      },
    },
  },
}
