import { hcl, type TerraformBlock, type TerraformPart } from '../document.ts'
import type { Workload } from '../workloads.ts'

/**
 * A service account of Google for each workload, which its accounts in the cluster alone may act as. cert-manager gets
 * the DNS zone directly as the principal it is in the cluster, so its installation needs no annotation.
 */
export const gkeAccounts = (workloads: readonly Workload[]): TerraformPart => {
  const acting = workloads.filter(({ name }) => name !== 'dns')
  const dns = workloads.find(({ name }) => name === 'dns')
  return {
    resource: {
      google_service_account: Object.fromEntries(
        acting.map(({ name }) => [
          name,
          { account_id: `${hcl('local.name')}-${name}`, display_name: `KnowTon ${name}` },
        ]),
      ),
      google_service_account_iam_member: Object.fromEntries(
        acting.flatMap(({ name, subjects }) =>
          subjects.map(({ namespace, serviceAccount }) => [
            `${name}_${serviceAccount}`,
            {
              service_account_id: hcl(`google_service_account.${name}.name`),
              role: 'roles/iam.workloadIdentityUser',
              member: `serviceAccount:${hcl('var.project')}.svc.id.goog[${namespace}/${serviceAccount}]`,
              // the pool of identities is made with the first cluster of a project
              depends_on: ['module.gke'],
            },
          ]),
        ),
      ),
      google_storage_bucket_iam_member: Object.fromEntries(acting.flatMap(bucketGrants)),
      ...projectGrants(dns),
    },
    output: {
      service_accounts: {
        value: Object.fromEntries(acting.map(({ name }) => [name, hcl(`google_service_account.${name}.email`)])),
      },
    },
  }
}

const memberOf = (name: string): string => `serviceAccount:${hcl(`google_service_account.${name}.email`)}`

const bucketGrants = ({ name, opens }: Workload): readonly (readonly [string, TerraformBlock])[] => {
  if (opens === undefined) return []
  const bucket = hcl(`google_storage_bucket.platform["${opens.bucket}"].name`)
  const objects = opens.access === 'read' ? 'roles/storage.objectViewer' : 'roles/storage.objectUser'
  const below =
    opens.prefix === ''
      ? {}
      : {
          condition: {
            title: `below_${name}`,
            expression: `resource.name.startsWith("projects/_/buckets/${bucket}/objects/${opens.prefix}")`,
          },
        }
  return [
    [`${name}_list`, { bucket, role: 'roles/storage.legacyBucketReader', member: memberOf(name) }],
    [`${name}_objects`, { bucket, role: objects, member: memberOf(name), ...below }],
  ]
}

const projectGrants = (dns: Workload | undefined): NonNullable<TerraformPart['resource']> => {
  const principals = (dns?.subjects ?? []).map(
    ({ namespace, serviceAccount }) =>
      `principal://iam.googleapis.com/projects/${hcl('data.google_project.here.number')}/locations/global/workloadIdentityPools/${hcl('var.project')}.svc.id.goog/subject/ns/${namespace}/sa/${serviceAccount}`,
  )
  return {
    google_project_iam_member: {
      secrets: {
        project: hcl('var.project'),
        role: 'roles/secretmanager.secretAccessor',
        member: memberOf('secrets'),
        condition: {
          title: 'entries_of_this_installation',
          expression: `resource.name.startsWith("projects/${hcl('data.google_project.here.number')}/secrets/${hcl('local.name')}-")`,
        },
      },
      ...Object.fromEntries(
        principals.map((member) => ['dns', { project: hcl('var.project'), role: 'roles/dns.reader', member }]),
      ),
    },
    google_dns_managed_zone_iam_member: Object.fromEntries(
      principals.map((member) => [
        'dns',
        {
          project: hcl('var.project'),
          managed_zone: hcl('var.dns_zone'),
          role: 'roles/dns.admin',
          member,
          depends_on: ['module.gke'],
        },
      ]),
    ),
  }
}
