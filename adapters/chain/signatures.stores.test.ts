import type { Hex } from '@knowton/core'
import { serializeErc6492Signature } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, test } from 'vitest'
import {
  type ContractSignatures,
  createContractSignatures,
  findOnchainSignature,
  findSigner,
  isSignedBy,
} from './signatures.ts'
import { behavesAsSignatureCheck } from './testing/signature-behaviour.ts'

/** What the code that deploys a contract and asks it answers with when it approves. */
const ONE: Hex = `0x${'1'.padStart(64, '0')}`

describe('the approval of a contract', () =>
  behavesAsSignatureCheck((client) => createContractSignatures(client).approves))
describe('the approval of a contract that need not be deployed', () =>
  behavesAsSignatureCheck((client) => createContractSignatures(client).approvesOnceDeployed, ONE))

const key = privateKeyToAccount(`0x${'1'.repeat(64)}`)
const account: Hex = `0x${key.address.slice(2).toLowerCase()}`
const digest: Hex = `0x${'d'.repeat(64)}`
const signature = await key.sign({ hash: digest })
const { signal } = new AbortController()

const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const r = signature.slice(2, 66)
const s = BigInt(`0x${signature.slice(66, 130)}`)
const v = Number(`0x${signature.slice(130)}`)
/** The same key's other signature, with v 27 or 28 turned and s above half the order. */
const twin: Hex = `0x${r}${(N - s).toString(16).padStart(64, '0')}${(55 - v).toString(16)}`
/** v as 0 or 1, as some wallets write it. */
const bare: Hex = `0x${signature.slice(2, 130)}0${v - 27}`

/** Contracts that approve one signature, and count how often they were asked. */
const contracts = (approved?: Hex) => {
  const asked: Hex[] = []
  const approves: ContractSignatures['approves'] = async (signed) => {
    asked.push(signed.signature)
    return signed.signature === approved
  }
  return { approves, approvesOnceDeployed: approves, asked }
}

test('a key is told without asking the chain', async () => {
  const chain = contracts()
  expect(await findSigner({ account, digest, signature }, chain, signal)).toBe('key')
  expect(await isSignedBy({ account, digest, signature }, chain, signal)).toBe(true)
  expect(chain.asked).toEqual([])
})

test('a signature of a key in a form that the contracts refuse is no key to them, and still signs in', async () => {
  for (const odd of [twin, bare]) {
    expect(await findSigner({ account, digest, signature: odd }, contracts(), signal)).toBeUndefined()
    expect(await isSignedBy({ account, digest, signature: odd }, contracts(), signal)).toBe(true)
  }
})

test('what no key signed is for the contract to say', async () => {
  for (const odd of ['0x', '0x12', `0x${'00'.repeat(65)}`, `0x${'ff'.repeat(65)}`] as const) {
    const signed = { account, digest, signature: odd }
    expect(await findSigner(signed, contracts(), signal)).toBeUndefined()
    expect(await findSigner(signed, contracts(odd), signal)).toBe('contract')
    expect(await isSignedBy(signed, contracts(odd), signal)).toBe(true)
  }
  const other = { account: `0x${'2'.repeat(40)}`, digest, signature } as const
  expect(await findSigner(other, contracts(), signal)).toBeUndefined()
})

test('the wrapping of a contract still to be deployed is taken off before the contract is asked', async () => {
  const wrapped = serializeErc6492Signature({ address: account, data: '0x', signature: '0x12' })
  const chain = contracts('0x12')
  expect(await findOnchainSignature({ account, digest, signature: wrapped }, chain, signal)).toBe('0x12')
  expect(chain.asked).toEqual(['0x12'])
  const broken: Hex = `0x12${wrapped.slice(-64)}`
  expect(await findOnchainSignature({ account, digest, signature: broken }, contracts(), signal)).toBeUndefined()
})

test('who has left is not waited for', async () => {
  const client = { call: () => Promise.reject(new Error('not asked')) }
  const gone = AbortSignal.abort(new Error('gone'))
  const { approves } = createContractSignatures(client as never)
  await expect(approves({ account, digest, signature: '0x12' }, gone)).rejects.toThrow('gone')
})
