export { accountOf, actions, hashOf, perform } from './command-streams.ts'
export { createListBook } from './list-book.ts'
export { aBid, anAsk } from './orders.ts'
