import { BaseError, encodeAbiParameters, encodeErrorResult, parseAbi, RpcRequestError } from 'viem'
import { expect, test } from 'vitest'
import { decodeRevert, revertReason } from './revert-reason.ts'

const abi = parseAbi([
  'error ExchangeTokenMoved(uint256 tokenId, uint96 expected, uint96 actual)',
  'error EnforcedPause()',
])
const moved = encodeErrorResult({ abi, errorName: 'ExchangeTokenMoved', args: [7n, 1n, 2n] })

test('a declared error reads as a sentence with its values', () => {
  expect(decodeRevert(moved, abi)).toEqual({
    code: 'ExchangeTokenMoved',
    says: 'Exchange token moved: token id 7, expected 1, actual 2.',
  })
  expect(decodeRevert(encodeErrorResult({ abi, errorName: 'EnforcedPause' }), abi)).toEqual({
    code: 'EnforcedPause',
    says: 'Enforced pause.',
  })
})

test('the errors of the language itself are read too', () => {
  const text = `0x08c379a0${encodeAbiParameters([{ type: 'string' }], ['too late']).slice(2)}` as const
  expect(decodeRevert(text, abi)).toEqual({ code: 'Error', says: 'The contract refused: too late.' })
  const panic = `0x4e487b71${encodeAbiParameters([{ type: 'uint256' }], [17n]).slice(2)}` as const
  expect(decodeRevert(panic, abi)).toEqual({ code: 'Panic', says: 'The contract failed with panic 17.' })
})

test.each(['0x', '0xdeadbeef', '0x12', moved.slice(0, 40)] as readonly `0x${string}`[])(
  'bytes that no declared error explains (%s) are a refusal without a known reason',
  (data) => {
    expect(decodeRevert(data, abi).code).toBe('chain.reverted')
  },
)

const answered = (error: { code: number; message: string; data?: unknown }) =>
  new BaseError('call failed', { cause: new RpcRequestError({ body: {}, error, url: 'http://127.0.0.1' }) })

test('the reason is found wherever nodes put it', () => {
  const reason = { code: 'ExchangeTokenMoved' }
  expect(revertReason(answered({ code: 3, message: 'execution reverted', data: moved }), abi)).toMatchObject(reason)
  const nested = answered({ code: -32_000, message: 'VM Exception', data: { data: moved } })
  expect(revertReason(nested, abi)).toMatchObject(reason)
  expect(revertReason(answered({ code: 3, message: 'execution reverted' }), abi)?.code).toBe('chain.reverted')
})

test('an answer that is no revert has no reason', () => {
  expect(revertReason(answered({ code: -32_000, message: 'header not found' }), abi)).toBeUndefined()
  expect(revertReason(new Error('socket hang up'), abi)).toBeUndefined()
})
