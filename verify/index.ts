export { allocatableOfNamed } from './capacity/allocatable.ts'
export { machineTypes } from './capacity/machine-types.ts'
export { requestsOf } from './capacity/needs.ts'
export type { PackedNode } from './capacity/pack.ts'
export { bytesText, cpuText, unitsOf } from './capacity/quantity.ts'
export {
  nodesAllowed,
  nodesNeeded,
  packingOf,
  type Scenario,
  sizedPools,
} from './capacity/scenarios.ts'
export { inOrder, verify } from './engine.ts'
export { type Judged, judge } from './judge.ts'
export { type FileSet, loadFiles, NothingToJudge } from './load/load-files.ts'
export { loadText } from './load/load-text.ts'
export { joinLoadings, type Loading } from './load/loading.ts'
export { type Proof, proof, proofText } from './network/proof.ts'
export { jsonReport } from './report/json.ts'
export { sarifReport } from './report/sarif.ts'
export { textReport } from './report/text.ts'
export { capacityRules } from './rules/capacity/index.ts'
export { rules } from './rules/index.ts'
export { type RuleRow, rulesTable } from './rules-table.ts'
export type * from './schemas/schema-file.ts'
export type { Outcome } from './suppress/apply-suppressions.ts'
export { fileSuppressions } from './suppress/read-suppressions.ts'
export type { Suppressions } from './suppress/suppression.ts'
export type * from './types.ts'
export { textAt, valueAt } from './values.ts'
export { createWorld } from './world.ts'
