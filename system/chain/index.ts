// Generated from contracts/ by npm run generate; do not edit.
export { exchangeAbi, exchangeBytecode } from './exchange.gen.ts'
export { royaltySplitterAbi, royaltySplitterBytecode } from './royalty-splitter.gen.ts'
export { royaltySplitterFactoryAbi, royaltySplitterFactoryBytecode } from './royalty-splitter-factory.gen.ts'
export { testUsdAbi, testUsdBytecode } from './test-usd.gen.ts'
export { exchangeDomain, mintVoucherTypes, orderTypes, workTokenDomain } from './typed-data.gen.ts'
export { workTokenAbi, workTokenBytecode } from './work-token.gen.ts'
