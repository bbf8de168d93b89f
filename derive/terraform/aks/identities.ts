import { hcl, type TerraformBlock, type TerraformPart } from '../document.ts'
import { subjectOf, type Workload } from '../workloads.ts'

const resource_group_name = hcl('data.azurerm_resource_group.here.name')

/** A managed identity for each workload, which its ServiceAccounts alone may take on, with the least that it needs. */
export const aksIdentities = (workloads: readonly Workload[]): TerraformPart => ({
  data: {
    azurerm_dns_zone: { domain: { name: hcl('var.domain'), resource_group_name } },
  },
  resource: {
    azurerm_user_assigned_identity: Object.fromEntries(
      workloads.map(({ name }) => [
        name,
        { name: `${hcl('local.name')}-${name}`, resource_group_name, location: hcl('var.region') },
      ]),
    ),
    azurerm_federated_identity_credential: Object.fromEntries(
      workloads.flatMap(({ name, subjects }) =>
        subjects.map((subject): readonly [string, TerraformBlock] => [
          `${name}_${subject.serviceAccount}`,
          {
            name: `${name}-${subject.serviceAccount}`,
            resource_group_name,
            parent_id: hcl(`azurerm_user_assigned_identity.${name}.id`),
            issuer: hcl('module.aks.oidc_issuer_url'),
            audience: ['api://AzureADTokenExchange'],
            subject: subjectOf(subject),
          },
        ]),
      ),
    ),
    azurerm_role_assignment: Object.fromEntries(
      workloads.map((workload) => [
        `workload_${workload.name}`,
        { ...grant(workload), principal_id: hcl(`azurerm_user_assigned_identity.${workload.name}.principal_id`) },
      ]),
    ),
  },
  output: {
    // what `clientIds` of the cluster's description is filled with
    client_ids: {
      value: Object.fromEntries(
        workloads.map(({ name }) => [name, hcl(`azurerm_user_assigned_identity.${name}.client_id`)]),
      ),
    },
  },
})

const grant = ({ name, opens }: Workload): TerraformBlock => {
  if (opens !== undefined) {
    return {
      scope: hcl(`azurerm_storage_container.platform["${opens.bucket}"].id`),
      role_definition_name: opens.access === 'read' ? 'Storage Blob Data Reader' : 'Storage Blob Data Contributor',
    }
  }
  return name === 'dns'
    ? { scope: hcl('data.azurerm_dns_zone.domain.id'), role_definition_name: 'DNS Zone Contributor' }
    : { scope: hcl('azurerm_key_vault.platform.id'), role_definition_name: 'Key Vault Secrets User' }
}
