import type { ClusterEnvironment } from '../cluster-environment.ts'

/** Whether replicas of a store may share a node: never, except where one machine is all there is. */
export const apart = ({ cloud }: ClusterEnvironment): 'preferred' | 'always' =>
  cloud.kind === 'kind' ? 'preferred' : 'always'
