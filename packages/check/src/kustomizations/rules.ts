import type { Rule } from '../rule.ts'
import type { SourceCheck } from './source-check.ts'

/** Every rule about kustomizations that needs no build. */
export const SOURCE_RULES: readonly Rule<SourceCheck>[] = []
