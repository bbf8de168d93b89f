import { hcl, type TerraformPart } from '../document.ts'

/** The key that encrypts Secrets in the cluster's database, a new one each quarter, and the leave of GKE to use it. */
export const gkeKeys: TerraformPart = {
  data: { google_project: { here: { project_id: hcl('var.project') } } },
  resource: {
    google_project_service: {
      platform: {
        for_each: hcl(
          'toset(["cloudkms", "compute", "container", "dns", "iam", "iamcredentials", "secretmanager", "storage"])',
        ),
        service: `${hcl('each.value')}.googleapis.com`,
        disable_on_destroy: false,
      },
    },
    google_kms_key_ring: {
      platform: {
        name: hcl('local.name'),
        location: hcl('var.region'),
        depends_on: ['google_project_service.platform'],
      },
    },
    google_kms_crypto_key: {
      secrets: {
        name: 'secrets',
        key_ring: hcl('google_kms_key_ring.platform.id'),
        rotation_period: '7776000s',
        lifecycle: { prevent_destroy: true },
      },
    },
    google_kms_crypto_key_iam_member: {
      gke: {
        crypto_key_id: hcl('google_kms_crypto_key.secrets.id'),
        role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
        member: `serviceAccount:service-${hcl('data.google_project.here.number')}@container-engine-robot.iam.gserviceaccount.com`,
      },
    },
  },
}
