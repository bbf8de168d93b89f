export { type Anvil, fund, startAnvil, TEST_CHAIN_ID } from './anvil.ts'
