import type { ClusterEnvironment } from '../../kubernetes/cluster-environment.ts'
import { hcl, type TerraformBlock, type TerraformPart } from '../document.ts'
import { moduleSources } from '../modules.ts'
import { eksNodeGroups } from './node-groups.ts'

/** The cluster: private nodes, Secrets encrypted by a key of its own, access by named roles only, all logs kept. */
export const eksCluster = ({ pools }: ClusterEnvironment): TerraformPart => ({
  module: {
    eks: {
      source: moduleSources['aws-eks'],
      name: hcl('local.name'),
      kubernetes_version: hcl('var.kubernetes_version'),
      upgrade_policy: { support_type: 'STANDARD' },
      deletion_protection: true,
      vpc_id: hcl('module.vpc.vpc_id'),
      subnet_ids: hcl('module.vpc.private_subnets'),
      control_plane_subnet_ids: hcl('module.vpc.intra_subnets'),
      service_ipv4_cidr: hcl('var.network.services'),
      endpoint_private_access: true,
      endpoint_public_access: true,
      endpoint_public_access_cidrs: hcl('var.api_access_cidrs'),
      authentication_mode: 'API',
      enable_cluster_creator_admin_permissions: false,
      access_entries: hcl(
        '{ for name, arn in var.administrators : name => { principal_arn = arn, policy_associations = { admin = { policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy", access_scope = { type = "cluster" } } } } }',
      ),
      create_kms_key: true,
      enable_kms_key_rotation: true,
      encryption_config: { resources: ['secrets'] },
      enabled_log_types: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
      cloudwatch_log_group_retention_in_days: 90,
      enable_irsa: true,
      addons,
      eks_managed_node_groups: eksNodeGroups(pools),
    },
  },
})

/** Network policies do nothing on EKS until its CNI is told to enforce them; autoscalers need metrics-server. */
const addons: TerraformBlock = {
  'vpc-cni': { before_compute: true, configuration_values: JSON.stringify({ enableNetworkPolicy: 'true' }) },
  'eks-pod-identity-agent': { before_compute: true },
  'kube-proxy': {},
  coredns: {},
  'metrics-server': {},
  'aws-ebs-csi-driver': { service_account_role_arn: hcl('aws_iam_role.ebs_csi.arn') },
}
