import { expect, test } from 'vitest'
import { chainModules } from './chain-modules.ts'

const sale = {
  name: 'SaleUSDBook',
  source: 'contract SaleUSDBook is EIP712 { constructor() EIP712("Sale Book", "3") {} }',
  abi: [
    {
      type: 'function',
      name: 'hashSale',
      inputs: [
        {
          name: 'sale',
          type: 'tuple',
          internalType: 'struct SaleUSDBook.Sale',
          components: [
            { name: 'seller', type: 'address' },
            { name: 'price', type: 'uint96' },
          ],
        },
      ],
    },
  ],
  bytecode: '0x6001',
}
const signed = [{ contract: 'SaleUSDBook', digest: 'hashSale' }]

const textOf = (name: string): string | undefined =>
  chainModules([sale], signed).find((file) => file.name === name)?.text

test('each contract becomes a module named after it, and the front door names every export', () => {
  expect(textOf('sale-usd-book.gen.ts')).toContain(`export const saleUsdBookBytecode =\n  '0x6001' as const`)
  expect(textOf('index.ts')).toBe(
    [
      '// Generated from contracts/ by npm run generate; do not edit.',
      `export { saleUsdBookAbi, saleUsdBookBytecode } from './sale-usd-book.gen.ts'`,
      `export { saleTypes, saleUsdBookDomain } from './typed-data.gen.ts'`,
      '',
    ].join('\n'),
  )
})

test('what is signed follows from the interface and the source', () => {
  const text = textOf('typed-data.gen.ts')
  expect(text).toContain(
    `saleTypes = {\n  Sale: [\n    { name: 'seller', type: 'address' },\n    { name: 'price', type: 'uint96' },\n  ],\n} as const`,
  )
  expect(text).toContain(`{ name: 'Sale Book', version: '3', chainId, verifyingContract }`)
})

test('refuses to guess: an unknown contract, a missing domain, a digest of no struct, a struct in a struct', () => {
  expect(() => chainModules([], signed)).toThrow('no contract SaleUSDBook')
  expect(() => chainModules([{ ...sale, source: '' }], signed)).toThrow('literal EIP712 domain')
  expect(() => chainModules([{ ...sale, abi: [] }], signed)).toThrow('does not hash one struct')
  const [digest] = sale.abi
  const nested = { name: 'inner', type: 'tuple', internalType: 'struct Inner', components: [] }
  const inputs = digest?.inputs.map((input) => ({ ...input, components: [nested] })) ?? []
  expect(() => chainModules([{ ...sale, abi: [{ type: 'function', name: 'hashSale', inputs }] }], signed)).toThrow(
    'nested structs are not signed',
  )
})
