export { accountOf, actions, hashOf, perform } from './command-streams.ts'
export { aBid, anAsk } from './orders.ts'
