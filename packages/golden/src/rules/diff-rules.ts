import { GoldenFault } from '../golden-fault.ts'
import type { Position } from '@overlay-render/system'

import { groupOf, type ResourceId } from '../resources/resource-id.ts'
import { checkJsonPath } from './json-path.ts'

/** Selects the resources of a rule. Absent fields match everything; `*` matches any characters. */
export interface ResourceSelector {
  /** Such as `apps`, without the version; '' is the core group. */
  readonly group?: string
  readonly kind?: string
  readonly namespace?: string
  readonly name?: string
}

/** A JSONPath into the selected resources. */
export interface PathRule extends ResourceSelector {
  /** A JSONPath, from the resource unless `in` is set. */
  readonly path?: string
  /** The key of `data`, `stringData` or an annotation with a YAML or JSON file, in which the path starts. */
  readonly in?: string
  /** The rule's position, for messages. */
  readonly position?: Position
}

/** Differences at the path, or of the whole resource without a path, are counted but not shown. */
export interface IgnoreRule extends PathRule {}

/** Values at the path are shown as fingerprints, like those of Secrets. */
export interface RedactRule extends PathRule {
  readonly path: string
}

/** The items of the lists at the path are matched by these fields, or by position if there are none. */
export interface KeyRule extends PathRule {
  readonly path: string
  readonly key: string | readonly string[]
}

/** The comparison rules in the `golden` section of `overlay-render.yaml`. */
export interface DiffRules {
  readonly ignore?: readonly IgnoreRule[]
  readonly redact?: readonly RedactRule[]
  readonly keys?: readonly KeyRule[]
}

/**
 * Checks that every JSONPath parses.
 *
 * @throws GoldenFault `rule-invalid` at the rule's position
 */
export function checkRules(rules: DiffRules): void {
  for (const rule of [...(rules.ignore ?? []), ...(rules.redact ?? []), ...(rules.keys ?? [])]) {
    if (rule.path !== undefined) checkJsonPath(rule.path, rule.position)
    else if (rule.in !== undefined) {
      throw new GoldenFault({
        code: 'rule-invalid',
        message: `the rule has "in: ${rule.in}" but no path`,
        position: rule.position,
        hint: 'add a path into the embedded file; $ is the whole file',
      })
    }
  }
}

/** Whether a selector matches a resource. */
export function selects(selector: ResourceSelector, id: ResourceId): boolean {
  return (
    matches(selector.group, groupOf(id.apiVersion)) &&
    matches(selector.kind, id.kind) &&
    matches(selector.namespace, id.namespace) &&
    matches(selector.name, id.name)
  )
}

/** Matches piece by piece from the left, in linear time per star. */
function matches(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}

/** A rule in one line, for reports. */
export function formatRule(rule: PathRule): string {
  const { kind, namespace, name, group, path } = rule
  const resource = [
    [group, kind].filter(Boolean).join('/'),
    [namespace, name].filter((part) => part !== undefined).join('/'),
  ]
  const place = [rule.in === undefined ? '' : `[${JSON.stringify(rule.in)}]`, path ?? '']
  return [...resource, ...place].filter((part) => part !== '').join(' ') || 'every resource'
}
