/**
 * Where modules come from: commits, which nobody can move, of the releases whose inputs a test checks every argument
 * against. Git takes the place of Terraform's registry, which knows versions only.
 */
export const moduleSources = {
  // 21.19
  'aws-eks':
    'git::https://github.com/terraform-aws-modules/terraform-aws-eks.git?ref=bef29c4d9523523e57fe898643fde2895106b339',
  // 6.6
  'aws-vpc':
    'git::https://github.com/terraform-aws-modules/terraform-aws-vpc.git?ref=82d1929e669efef4e2ad00611b8a68e7a56e049c',
  // 44.2
  gke: 'git::https://github.com/terraform-google-modules/terraform-google-kubernetes-engine.git//modules/private-cluster?ref=bb176b213d8c55f6c3034cb39828dfe1631d7647',
  // of 2026-04-10
  aks: 'git::https://github.com/Azure/terraform-azurerm-aks.git?ref=e29456edaa389ae47a3862963bb5a3b65f7126a5',
} as const

/** 1.10 is the first Terraform that locks state in a bucket by itself. */
export const REQUIRED_TERRAFORM = '>= 1.10.0'
