import type { Rule } from '../../types.ts'
import { imageNameInvalid } from './image-name-invalid.ts'
import { imageLatest, imageNotPinned, imageUntagged } from './image-tags.ts'
import { imageWrongForOperator } from './image-wrong-for-operator.ts'
import { versionEnded } from './version-ended.ts'

/** Rules on images and versions. */
export const imagesRules: readonly Rule[] = [
  imageNameInvalid,
  imageLatest,
  imageUntagged,
  imageNotPinned,
  versionEnded,
  imageWrongForOperator,
]
