import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSettingKey, storeVariableOf, variableOf } from './variables.ts'

test('a variable is the words of its key, in capitals', () => {
  expect(variableOf('chainRpcUrl')).toBe('CHAIN_RPC_URL')
  expect(storeVariableOf('coldFiles')).toBe('STORE_COLD_FILES_URL')
})

test.each(['rpcURL', 'ipfsAPIKey', 'Port', 'a-b', ''])('%j is no key of a setting', (key) => {
  expect(isSettingKey(key)).toBe(false)
})

test('two keys of settings never have one variable', () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9]{0,3}([A-Z][a-z0-9]{1,3}){0,3}$/)
  fc.assert(
    fc.property(key, key, (one, other) => {
      expect(isSettingKey(one)).toBe(true)
      expect(variableOf(one) === variableOf(other)).toBe(one === other)
    }),
  )
})
