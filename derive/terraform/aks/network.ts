import { hcl, type TerraformPart } from '../document.ts'

const resource_group_name = hcl('data.azurerm_resource_group.here.name')
const location = hcl('var.region')
const nodes = hcl('azurerm_subnet.nodes.id')

/** A network with a subnet for nodes, which go out through a NAT gateway, and one for the API server. */
export const aksNetwork: TerraformPart = {
  data: { azurerm_resource_group: { here: { name: hcl('var.resource_group') } } },
  resource: {
    azurerm_virtual_network: {
      platform: { name: hcl('local.name'), resource_group_name, location, address_space: [hcl('var.network.cidr')] },
    },
    azurerm_subnet: {
      nodes: {
        name: 'nodes',
        resource_group_name,
        virtual_network_name: hcl('azurerm_virtual_network.platform.name'),
        address_prefixes: [hcl('var.network.nodes')],
      },
      api_server: {
        name: 'api-server',
        resource_group_name,
        virtual_network_name: hcl('azurerm_virtual_network.platform.name'),
        address_prefixes: [hcl('var.network.api_server')],
        delegation: {
          name: 'aks',
          service_delegation: {
            name: 'Microsoft.ContainerService/managedClusters',
            actions: ['Microsoft.Network/virtualNetworks/subnets/join/action'],
          },
        },
      },
    },
    azurerm_public_ip: {
      nat: {
        name: `${hcl('local.name')}-nat`,
        resource_group_name,
        location,
        allocation_method: 'Static',
        sku: 'Standard',
        zones: ['1', '2', '3'],
      },
    },
    azurerm_nat_gateway: {
      platform: { name: hcl('local.name'), resource_group_name, location, sku_name: 'Standard' },
    },
    azurerm_nat_gateway_public_ip_association: {
      platform: {
        nat_gateway_id: hcl('azurerm_nat_gateway.platform.id'),
        public_ip_address_id: hcl('azurerm_public_ip.nat.id'),
      },
    },
    azurerm_subnet_nat_gateway_association: {
      nodes: { subnet_id: nodes, nat_gateway_id: hcl('azurerm_nat_gateway.platform.id') },
    },
  },
}
