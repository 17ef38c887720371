import type { Rule } from '../rule.ts'
import { positionalPath } from './positional-path.ts'
import type { ScriptCheck } from './script-check.ts'
import { stalePath } from './stale-path.ts'

/** Every rule about patch scripts. */
export const SCRIPT_RULES: readonly Rule<ScriptCheck>[] = [stalePath, positionalPath]
