export { isUnanswered, toChainFault } from './chain-fault.ts'
export { createChainClient } from './create-chain-client.ts'
export { decodeRevert, type RevertReason, revertReason } from './revert-reason.ts'
