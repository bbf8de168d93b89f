export { flatten, type Leaf } from './flatten.ts'
export { foundingPage, foundingVerdicts } from './page.ts'
