import { Fault } from '@knowton/core'
import {
  BaseError,
  ChainDisconnectedError,
  HttpRequestError,
  InternalRpcError,
  LimitExceededRpcError,
  ProviderDisconnectedError,
  ResourceUnavailableRpcError,
  SocketClosedError,
  TimeoutError,
  WebSocketRequestError,
} from 'viem'

/** No answer, a broken connection, or a node that says it cannot answer now. */
const unreachable = [
  HttpRequestError,
  TimeoutError,
  WebSocketRequestError,
  SocketClosedError,
  InternalRpcError,
  LimitExceededRpcError,
  ResourceUnavailableRpcError,
  ProviderDisconnectedError,
  ChainDisconnectedError,
] as const

/**
 * What went wrong at the chain, by error class and JSON-RPC code, never by message: `chain.unreachable` (retry later)
 * when there was no answer, `chain.refused` when the node answered with an error. Faults pass unchanged.
 */
export const toChainFault = (error: unknown): Fault => {
  if (error instanceof Fault) return error
  if (isUnanswered(error)) {
    // viem wraps an error in others that each repeat the whole request: only the innermost is kept.
    const cause = error instanceof BaseError ? error.walk() : error
    return new Fault('chain.unreachable', 'The chain does not answer.', { retry: 'later', cause })
  }
  const says = error instanceof BaseError ? error.shortMessage : 'The chain refused the request.'
  return new Fault('chain.refused', says, { cause: error })
}

/** True when nothing is known about what became of the request: no answer came, or the node gave up on it. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof BaseError && error.walk((cause) => unreachable.some((kind) => cause instanceof kind)) !== null

/** Runs `ask`; what it throws becomes a fault, unless `signal` has fired: then its reason is thrown. */
export const asking = async <T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask()
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw toChainFault(error)
  }
}
