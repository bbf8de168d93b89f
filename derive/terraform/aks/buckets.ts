import { hcl, type TerraformPart } from '../document.ts'

/** The buckets, as containers of one account: no shared keys, closed to the world; what is deleted stays a month. */
export const aksBuckets: TerraformPart = {
  resource: {
    azurerm_storage_account: {
      platform: {
        name: hcl('var.storage_account'),
        resource_group_name: hcl('data.azurerm_resource_group.here.name'),
        location: hcl('var.region'),
        account_tier: 'Standard',
        account_replication_type: 'ZRS',
        min_tls_version: 'TLS1_2',
        https_traffic_only_enabled: true,
        shared_access_key_enabled: false,
        allow_nested_items_to_be_public: false,
        blob_properties: {
          versioning_enabled: true,
          delete_retention_policy: { days: 30 },
          container_delete_retention_policy: { days: 30 },
        },
        lifecycle: { prevent_destroy: true },
      },
    },
    azurerm_storage_container: {
      platform: {
        for_each: hcl('var.buckets'),
        name: hcl('each.value'),
        storage_account_id: hcl('azurerm_storage_account.platform.id'),
        container_access_type: 'private',
      },
    },
    azurerm_storage_management_policy: {
      platform: {
        storage_account_id: hcl('azurerm_storage_account.platform.id'),
        rule: [
          {
            name: 'old-versions',
            enabled: true,
            filters: { blob_types: ['blockBlob'] },
            actions: { version: { delete_after_days_since_creation: 30 } },
          },
        ],
      },
    },
  },
  output: { storage_account: { value: hcl('azurerm_storage_account.platform.name') } },
}
