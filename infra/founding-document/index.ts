export { flatten, type Leaf } from './flatten.ts'
