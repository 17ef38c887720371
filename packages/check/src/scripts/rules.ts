import type { Rule } from '../rule.ts'
import { driftedPath } from './drifted-path.ts'
import { noEffect } from './no-effect.ts'
import { overwrittenValue } from './overwritten-value.ts'
import { positionalPath } from './positional-path.ts'
import type { ScriptCheck } from './script-check.ts'
import { stalePath } from './stale-path.ts'
import { surprisingSyntax } from './surprising-syntax.ts'

/** The rules about patch scripts. */
export const SCRIPT_RULES: readonly Rule<ScriptCheck>[] = [
  stalePath,
  noEffect,
  overwrittenValue,
  positionalPath,
  driftedPath,
  surprisingSyntax,
]
