export { flatten, type Leaf } from './flatten.ts'
export { foundingPage, foundingTraces } from './page.ts'
export { missingParts, unusedParts } from './unused.ts'
