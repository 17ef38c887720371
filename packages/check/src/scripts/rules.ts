import type { Rule } from '../rule.ts'
import type { ScriptCheck } from './script-check.ts'

/** Every rule about patch scripts. */
export const SCRIPT_RULES: readonly Rule<ScriptCheck>[] = []
