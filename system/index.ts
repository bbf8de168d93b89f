import type { ErrorEntry } from '@knowton/core'
import { errors } from './errors.ts'
import { analyticsService } from './services/analytics-service.ts'
import { assetTokenization } from './services/asset-tokenization.ts'
import { creatorService } from './services/creator-service.ts'
import { marketplaceService } from './services/marketplace-service.ts'

export { type ErrorCode, errors } from './errors.ts'
export { analyticsService } from './services/analytics-service.ts'
export { assetTokenization } from './services/asset-tokenization.ts'
export { creatorService, MAX_UPLOAD_BYTES } from './services/creator-service.ts'
export { marketplaceService } from './services/marketplace-service.ts'
export type { Currency } from './settings.ts'
export type { Order } from './shapes/order.ts'
export type { MintVoucher } from './shapes/work.ts'

const services = {
  'creator-service': creatorService,
  'asset-tokenization': assetTokenization,
  'marketplace-service': marketplaceService,
  'analytics-service': analyticsService,
} as const

type Routes = { [S in keyof typeof services]: (typeof services)[S]['routes'] }[keyof typeof services]
type CodesOf<R> = R extends unknown
  ? { [K in keyof R]: R[K] extends { readonly errors: readonly (infer C extends string)[] } ? C : never }[keyof R]
  : never

/** The whole platform as data: read this and you know the system. A route whose error code has no entry does not compile. */
export const platform = {
  name: 'KnowTon',
  version: '0.1.0',
  services,
  errors: errors satisfies Readonly<Record<CodesOf<Routes>, ErrorEntry>>,
} as const

export type Platform = typeof platform
export type ServiceName = keyof Platform['services']
