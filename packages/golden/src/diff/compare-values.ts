import { Redactor } from '../redaction/redactor.ts'
import type { Value } from '../resources/value.ts'
import { ResourceRules } from '../rules/marks.ts'
import type { Change } from './change.ts'
import { diffValues } from './diff-values.ts'

const NOBODY = { apiVersion: '', kind: '', namespace: '', name: '' }

/** What differs between two values that are no Kubernetes objects: without rules, and without anything redacted. */
export function compareValues(before: Value, after: Value): Change[] {
  const rules = new ResourceRules({}, NOBODY)
  return diffValues(before, after, { rules, redactor: new Redactor(), onIgnored: () => {} })
}
