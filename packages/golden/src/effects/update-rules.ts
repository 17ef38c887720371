import { CORE_RULES } from './update-rules/core-rules.ts'
import { OTHER_RULES } from './update-rules/other-rules.ts'
import { STORAGE_RULES } from './update-rules/storage-rules.ts'
import type { UpdateRule } from './update-rules/update-rule.ts'
import { WORKLOAD_RULES } from './update-rules/workload-rules.ts'

/**
 * From the update validation of the Kubernetes API server (v1.34: `pkg/apis/<group>/validation`; each row is verified with
 * a real server by `scripts/record/effects.js`), and from the Cluster API's webhooks for templates.
 */
export const UPDATE_RULES: readonly UpdateRule[] = [
  ...WORKLOAD_RULES,
  ...STORAGE_RULES,
  ...CORE_RULES,
  ...OTHER_RULES,
]
