import { Redactor } from '../redaction/redactor.ts'
import type { Value } from '../resources/value.ts'
import { ResourceRules } from '../rules/marks.ts'
import type { Change } from './change.ts'
import { diffValues } from './diff-values.ts'

const NO_ID = { apiVersion: '', kind: '', namespace: '', name: '' }

/** Compares two values that are not Kubernetes objects, without rules and without redaction. */
export function compareValues(before: Value, after: Value): Change[] {
  const rules = new ResourceRules({}, NO_ID)
  return diffValues(before, after, { rules, redactor: new Redactor(), onIgnored: () => {} })
}
