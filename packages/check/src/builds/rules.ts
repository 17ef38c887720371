import type { Rule } from '../rule.ts'
import type { BuildCheck } from './build-check.ts'
import { deadImage } from './dead-image.ts'
import { deadPatch } from './dead-patch.ts'
import { deadReplacement } from './dead-replacement.ts'
import { patchWithoutChange } from './patch-without-change.ts'
import { positionalJsonPatch } from './positional-json-patch.ts'
import { widePatch } from './wide-patch.ts'

/** The rules about the steps of a build. */
export const BUILD_RULES: readonly Rule<BuildCheck>[] = [
  deadPatch,
  patchWithoutChange,
  widePatch,
  deadImage,
  deadReplacement,
  positionalJsonPatch,
]
