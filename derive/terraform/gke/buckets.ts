import { hcl, type TerraformPart } from '../document.ts'

/** The buckets: closed to the world; what is overwritten or deleted stays a month. Google encrypts every object. */
export const gkeBuckets: TerraformPart = {
  resource: {
    google_storage_bucket: {
      platform: {
        for_each: hcl('var.buckets'),
        name: hcl('each.value'),
        location: hcl('var.region'),
        uniform_bucket_level_access: true,
        public_access_prevention: 'enforced',
        versioning: { enabled: true },
        lifecycle_rule: [
          { condition: { days_since_noncurrent_time: 30, with_state: 'ARCHIVED' }, action: { type: 'Delete' } },
          { condition: { age: 7 }, action: { type: 'AbortIncompleteMultipartUpload' } },
        ],
        lifecycle: { prevent_destroy: true },
      },
    },
  },
  output: { buckets: { value: hcl('{ for use, bucket in google_storage_bucket.platform : use => bucket.name }') } },
}
