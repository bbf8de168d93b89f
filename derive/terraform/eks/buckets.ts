import { hcl, type TerraformBlock, type TerraformPart } from '../document.ts'

const bucket = hcl('aws_s3_bucket.platform[each.key].id')
const everyBucket = hcl('var.buckets')

const rule: readonly TerraformBlock[] = [
  {
    id: 'leftovers',
    status: 'Enabled',
    filter: {},
    noncurrent_version_expiration: { noncurrent_days: 30 },
    abort_incomplete_multipart_upload: { days_after_initiation: 7 },
  },
]

/** The buckets: encrypted, closed to the world, reached over TLS only; what is overwritten or deleted stays a month. */
export const eksBuckets: TerraformPart = {
  data: {
    aws_iam_policy_document: {
      tls_only: {
        for_each: everyBucket,
        statement: [
          {
            effect: 'Deny',
            actions: ['s3:*'],
            resources: [`arn:aws:s3:::${hcl('each.value')}`, `arn:aws:s3:::${hcl('each.value')}/*`],
            principals: [{ type: '*', identifiers: ['*'] }],
            condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
          },
        ],
      },
    },
  },
  resource: {
    aws_s3_bucket: {
      platform: { for_each: everyBucket, bucket: hcl('each.value'), lifecycle: { prevent_destroy: true } },
    },
    aws_s3_bucket_public_access_block: {
      platform: {
        for_each: everyBucket,
        bucket,
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
    },
    aws_s3_bucket_versioning: {
      platform: { for_each: everyBucket, bucket, versioning_configuration: { status: 'Enabled' } },
    },
    aws_s3_bucket_server_side_encryption_configuration: {
      platform: {
        for_each: everyBucket,
        bucket,
        rule: { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
      },
    },
    aws_s3_bucket_lifecycle_configuration: {
      platform: {
        for_each: everyBucket,
        bucket,
        rule,
        depends_on: ['aws_s3_bucket_versioning.platform'],
      },
    },
    aws_s3_bucket_policy: {
      platform: {
        for_each: everyBucket,
        bucket,
        policy: hcl('data.aws_iam_policy_document.tls_only[each.key].json'),
        depends_on: ['aws_s3_bucket_public_access_block.platform'],
      },
    },
  },
  output: { buckets: { value: hcl('{ for use, bucket in aws_s3_bucket.platform : use => bucket.id }') } },
}
