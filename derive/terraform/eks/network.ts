import { hcl, type TerraformPart } from '../document.ts'
import { moduleSources } from '../modules.ts'

const subnets = (range: string, newBits: number): string =>
  hcl(`[for zone in range(var.zones) : cidrsubnet(var.network.${range}, ${newBits}, zone)]`)

/**
 * A network with three subnets a zone: nodes and pods; load balancers and NAT; the API server, apart, so that policies
 * can name it. What goes to the object store does not pay for the NAT.
 */
export const eksNetwork: TerraformPart = {
  data: {
    aws_availability_zones: {
      here: { state: 'available', filter: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }] },
    },
  },
  module: {
    vpc: {
      source: moduleSources['aws-vpc'],
      name: hcl('local.name'),
      cidr: hcl('var.network.cidr'),
      azs: hcl('slice(data.aws_availability_zones.here.names, 0, var.zones)'),
      private_subnets: subnets('nodes', 2),
      public_subnets: subnets('edge', 2),
      intra_subnets: subnets('api_server', 4),
      private_subnet_tags: { 'kubernetes.io/role/internal-elb': '1' },
      public_subnet_tags: { 'kubernetes.io/role/elb': '1' },
      map_public_ip_on_launch: false,
      enable_nat_gateway: true,
      one_nat_gateway_per_az: true,
      manage_default_security_group: true,
      enable_flow_log: true,
      create_flow_log_cloudwatch_log_group: true,
      create_flow_log_cloudwatch_iam_role: true,
      flow_log_cloudwatch_log_group_retention_in_days: 90,
    },
  },
  resource: {
    aws_vpc_endpoint: {
      s3: {
        vpc_id: hcl('module.vpc.vpc_id'),
        service_name: `com.amazonaws.${hcl('var.region')}.s3`,
        vpc_endpoint_type: 'Gateway',
        route_table_ids: hcl('module.vpc.private_route_table_ids'),
      },
    },
  },
}
