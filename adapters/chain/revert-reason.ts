import type { Hex } from '@knowton/core'
import { type Abi, type AbiParameter, BaseError, decodeErrorResult, isHex } from 'viem'

/** Why a contract refused: the name of its error, and a sentence with the offending values. */
export type RevertReason = { readonly code: string; readonly says: string }

/** Why the call that threw `error` reverted; undefined when it did not revert but failed otherwise. */
export const revertReason = (error: unknown, abi: Abi): RevertReason | undefined => {
  const data = revertData(error)
  return data === undefined ? undefined : decodeRevert(data, abi)
}

/** What `data`, as given back by a reverted call, says by the errors that `abi` declares. */
export const decodeRevert = (data: Hex, abi: Abi): RevertReason => {
  if (data === '0x') return { code: 'chain.reverted', says: 'The contract refused without a reason.' }
  try {
    const { errorName, abiItem, args } = decodeErrorResult({ abi, data })
    const inputs = 'inputs' in abiItem ? abiItem.inputs : []
    return { code: errorName, says: toSentence(errorName, inputs, args ?? []) }
  } catch {
    return { code: 'chain.reverted', says: `The contract refused with the unknown error ${data.slice(0, 10)}.` }
  }
}

/** JSON-RPC code of a call that the EVM reverted. */
const EXECUTION_REVERTED = 3

/** The bytes that a reverted call gave back, wherever in the chain of causes the node put them. */
export const revertData = (error: unknown): Hex | undefined => {
  if (!(error instanceof BaseError)) return undefined
  const withData = error.walk((cause) => dataOf(cause) !== undefined)
  if (withData !== null) return dataOf(withData)
  const reverted = error.walk((cause) => codeOf(cause) === EXECUTION_REVERTED)
  return reverted === null ? undefined : '0x'
}

const codeOf = (cause: unknown): unknown =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined

const dataOf = (cause: unknown): Hex | undefined => {
  if (typeof cause !== 'object' || cause === null || !('data' in cause)) return undefined
  const { data } = cause
  if (typeof data === 'object' && data !== null) return dataOf(data)
  return isHex(data) ? data : undefined
}

/** `ExchangeTokenMoved(7, 1, 2)` reads "Exchange token moved: token id 7, expected 1, actual 2." */
const toSentence = (name: string, inputs: readonly AbiParameter[], args: readonly unknown[]): string => {
  if (name === 'Error') return `The contract refused: ${String(args[0])}.`
  if (name === 'Panic') return `The contract failed with panic ${String(args[0])}.`
  const subject = toWords(name)
  const values = inputs.map((input, index) => `${toWords(input.name ?? 'value').toLowerCase()} ${String(args[index])}`)
  const sentence = `${subject.charAt(0).toUpperCase()}${subject.slice(1).toLowerCase()}`
  return values.length === 0 ? `${sentence}.` : `${sentence}: ${values.join(', ')}.`
}

const toWords = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
