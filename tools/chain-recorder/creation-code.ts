import {
  exchangeBytecode,
  royaltySplitterFactoryBytecode,
  testUsdBytecode,
  workTokenBytecode,
} from '@knowton/system/chain'

/** The creation code of everything that is deployed, in the order of deployment. */
export const creationCode = [
  testUsdBytecode,
  workTokenBytecode,
  royaltySplitterFactoryBytecode,
  exchangeBytecode,
] as const
