export {
  type BlockHeader,
  type BlockLog,
  type BlockSource,
  type BlockTag,
  createBlockSource,
  type LogRange,
} from './block-source.ts'
export { isUnanswered, toChainFault } from './chain-fault.ts'
export { createChainClient } from './create-chain-client.ts'
export { decodeRevert, type RevertReason, revertReason } from './revert-reason.ts'
export {
  type AskContract,
  type ContractSignatures,
  createContractSignatures,
  findOnchainSignature,
  findSigner,
  isSignedBy,
  type SignedDigest,
} from './signatures.ts'
export { createSigner, type SignedTransaction, type Signer, type UnsignedTransaction } from './signer.ts'
export {
  type Call,
  createTransactionNode,
  type GasPrices,
  type Receipt,
  type Reverted,
  type TransactionNode,
} from './transaction-node.ts'
