import type { Rule } from '../../types.ts'
import { claimMissing } from './claim-missing.ts'
import { configMapKeyMissing, secretKeyMissing } from './key-missing.ts'
import {
  configMapMissing,
  issuerMissing,
  kafkaClusterMissing,
  objectMissing,
  objectStoreMissing,
  priorityClassMissing,
  roleMissing,
  secretMissing,
  serviceAccountMissing,
  storageClassMissing,
  storeMissing,
} from './missing-rules.ts'
import { monitorSelectsNothing } from './monitors.ts'
import { scaleTargetMissing } from './scale-target-missing.ts'
import { serviceMissing, servicePortMissing } from './service-missing.ts'
import {
  disruptionBudgetSelectsNothing,
  headlessServiceMissing,
  selectorMismatch,
  servicePortMismatch,
  serviceSelectsNothing,
} from './services.ts'
import { workloadUnserved } from './workload-unserved.ts'

/** Rules on what objects name: everything must be in the files, be made of them, or be listed as external. */
export const referencesRules: readonly Rule[] = [
  secretMissing,
  secretKeyMissing,
  configMapMissing,
  configMapKeyMissing,
  claimMissing,
  serviceAccountMissing,
  storageClassMissing,
  priorityClassMissing,
  issuerMissing,
  storeMissing,
  objectStoreMissing,
  kafkaClusterMissing,
  roleMissing,
  objectMissing,
  serviceMissing,
  servicePortMissing,
  headlessServiceMissing,
  serviceSelectsNothing,
  servicePortMismatch,
  selectorMismatch,
  scaleTargetMissing,
  disruptionBudgetSelectsNothing,
  monitorSelectsNothing,
  workloadUnserved,
]
