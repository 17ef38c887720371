import { GoldenFault } from '../golden-fault.ts'
import type { Position } from '@overlay-render/system'

import { groupOf, type ResourceId } from '../resources/resource-id.ts'
import { checkJsonPath } from './json-path.ts'

/** Which resources a rule is about. What is left out matches all; `*` in a text matches any run of characters. */
export interface ResourceSelector {
  /** Such as `apps`, without the version; '' is the core group. */
  readonly group?: string
  readonly kind?: string
  readonly namespace?: string
  readonly name?: string
}

/** A JSONPath into the selected resources. */
export interface PathRule extends ResourceSelector {
  /** JSONPath; with `in` absent it starts at the resource. */
  readonly path?: string
  /** The key of `data`, `stringData` or an annotation whose embedded YAML or JSON the path starts at. */
  readonly in?: string
  /** Where the rule is, for messages. */
  readonly position?: Position
}

/** Differences at the path are counted but not shown; without a path, all of the resource's. */
export interface IgnoreRule extends PathRule {}

/** Values at the path are shown as fingerprints, like those of Secrets. */
export interface RedactRule extends PathRule {
  readonly path: string
}

/** The lists at the path are matched by these fields, or by position when the list of fields is empty. */
export interface KeyRule extends PathRule {
  readonly path: string
  readonly key: string | readonly string[]
}

/** How a workspace wants its manifests compared: the `golden` section of `overlay-render.yaml`. */
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
        message: `the rule names the embedded file ${JSON.stringify(rule.in)} but has no path into it`,
        position: rule.position,
        hint: 'add a path; $ is the whole file',
      })
    }
  }
}

/** Whether a selector takes a resource. */
export function selects(selector: ResourceSelector, id: ResourceId): boolean {
  return (
    matches(selector.group, groupOf(id.apiVersion)) &&
    matches(selector.kind, id.kind) &&
    matches(selector.namespace, id.namespace) &&
    matches(selector.name, id.name)
  )
}

/** Matches piece by piece from the left, so that no pattern takes more than linear time a star. */
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

/** One line that names a rule in reports. */
export function formatRule(rule: PathRule): string {
  const { kind, namespace, name, group, path } = rule
  const resource = [
    [group, kind].filter(Boolean).join('/'),
    [namespace, name].filter((part) => part !== undefined).join('/'),
  ]
  const place = [rule.in === undefined ? '' : `[${JSON.stringify(rule.in)}]`, path ?? '']
  return [...resource, ...place].filter((part) => part !== '').join(' ') || 'every resource'
}
