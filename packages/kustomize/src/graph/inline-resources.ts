import { fieldOf, textOf } from './value-fields.ts'
import { readDocuments } from './yaml-value.ts'

/** Whether kustomize reads the text as inline resources instead of a path: it consists of objects, or is empty. */
export function isInlineResources(text: string): boolean {
  // Almost all texts are plain paths, which need no parser.
  if (/^[\w./-]+$/u.test(text)) return false
  for (const { value, fault } of readDocuments(text)) {
    if (fault !== undefined) return false
    if (value.kind === 'null') continue
    if (value.kind !== 'map' || textOf(fieldOf(value, 'kind')) === '') return false
  }
  return true
}
