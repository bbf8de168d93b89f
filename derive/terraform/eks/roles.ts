import { hcl, type TerraformBlock, type TerraformPart } from '../document.ts'
import { subjectOf, type Workload } from '../workloads.ts'

/** A role of AWS for each workload, which its ServiceAccounts alone may take on (IRSA), with the least that it needs. */
export const eksRoles = (workloads: readonly Workload[]): TerraformPart => {
  const all = [...workloads, clusterAutoscaler]
  return {
    data: {
      aws_caller_identity: { current: {} },
      aws_route53_zone: { domain: { name: hcl('var.domain'), private_zone: false } },
      aws_iam_policy_document: Object.fromEntries([
        ...all.map((workload) => [`${idOf(workload)}_trust`, trust(workload.subjects.map(subjectOf))] as const),
        ['ebs_csi_trust', trust(['system:serviceaccount:kube-system:ebs-csi-controller-sa'])],
        ...all.map((workload) => [idOf(workload), { statement: statements(workload) }] as const),
      ]),
    },
    resource: {
      aws_iam_role: Object.fromEntries([
        ...all.map((workload) => [idOf(workload), role(workload.name, `${idOf(workload)}_trust`)] as const),
        ['ebs_csi', role('ebs-csi', 'ebs_csi_trust')],
      ]),
      aws_iam_role_policy: Object.fromEntries(
        all.map((workload) => [
          idOf(workload),
          {
            name: workload.name,
            role: hcl(`aws_iam_role.${idOf(workload)}.id`),
            policy: hcl(`data.aws_iam_policy_document.${idOf(workload)}.json`),
          },
        ]),
      ),
      aws_iam_role_policy_attachment: {
        ebs_csi: {
          role: hcl('aws_iam_role.ebs_csi.name'),
          policy_arn: 'arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy',
        },
      },
    },
  }
}

/** EKS adds nodes to a pool only when a program of ours asks it to. */
const clusterAutoscaler: Workload = {
  name: 'autoscaler',
  subjects: [{ namespace: 'kube-system', serviceAccount: 'cluster-autoscaler' }],
}

const idOf = ({ name }: Workload): string => name.replaceAll('-', '_')

const role = (name: string, trustDocument: string): TerraformBlock => ({
  name: `${hcl('local.name')}-${name}`,
  assume_role_policy: hcl(`data.aws_iam_policy_document.${trustDocument}.json`),
})

const trust = (subjects: readonly string[]): TerraformBlock => ({
  statement: [
    {
      actions: ['sts:AssumeRoleWithWebIdentity'],
      principals: [{ type: 'Federated', identifiers: [hcl('module.eks.oidc_provider_arn')] }],
      condition: [
        { test: 'StringEquals', variable: `${hcl('module.eks.oidc_provider')}:aud`, values: ['sts.amazonaws.com'] },
        { test: 'StringEquals', variable: `${hcl('module.eks.oidc_provider')}:sub`, values: subjects },
      ],
    },
  ],
})

const statements = (workload: Workload): readonly TerraformBlock[] => {
  if (workload.opens !== undefined) return bucketStatements(workload.opens)
  return named[workload.name] ?? []
}

// asking whether the bucket is there at all names no prefix
const bucketStatements = ({ access, bucket, prefix }: NonNullable<Workload['opens']>): readonly TerraformBlock[] => {
  const arn = hcl(`aws_s3_bucket.platform["${bucket}"].arn`)
  const below =
    prefix === '' ? {} : { condition: [{ test: 'StringLikeIfExists', variable: 's3:prefix', values: [`${prefix}*`] }] }
  const write = access === 'read' ? [] : ['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload']
  return [
    { actions: ['s3:ListBucket'], resources: [arn], ...below },
    { actions: ['s3:GetBucketLocation', 's3:ListBucketMultipartUploads'], resources: [arn] },
    { actions: ['s3:GetObject', ...write, 's3:ListMultipartUploadParts'], resources: [`${arn}/${prefix}*`] },
  ]
}

const named: Readonly<Record<string, readonly TerraformBlock[]>> = {
  secrets: [
    {
      actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      resources: [`arn:aws:secretsmanager:${hcl('var.region')}:${hcl('var.account')}:secret:${hcl('local.name')}-*`],
    },
  ],
  dns: [
    { actions: ['route53:GetChange'], resources: ['arn:aws:route53:::change/*'] },
    { actions: ['route53:ListHostedZonesByName'], resources: ['*'] },
    { actions: ['route53:ListResourceRecordSets'], resources: [hcl('data.aws_route53_zone.domain.arn')] },
    {
      actions: ['route53:ChangeResourceRecordSets'],
      resources: [hcl('data.aws_route53_zone.domain.arn')],
      condition: [
        {
          test: 'ForAllValues:StringEquals',
          variable: 'route53:ChangeResourceRecordSetsRecordTypes',
          values: ['TXT'],
        },
      ],
    },
  ],
  autoscaler: [
    {
      actions: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeLaunchConfigurations',
        'autoscaling:DescribeScalingActivities',
        'ec2:DescribeImages',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplateVersions',
        'ec2:GetInstanceTypesFromInstanceRequirements',
        'eks:DescribeNodegroup',
      ],
      resources: ['*'],
    },
    {
      actions: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      resources: ['*'],
      condition: [
        {
          test: 'StringEquals',
          variable: `aws:ResourceTag/k8s.io/cluster-autoscaler/${hcl('local.name')}`,
          values: ['owned'],
        },
      ],
    },
  ],
}
