import { type Finding, listSome, printable } from '@overlay-render/system'

import { Redactor } from '../redaction/redactor.ts'
import type { Manifests, Resource } from '../resources/manifests.ts'
import { formatId, groupOf } from '../resources/resource-id.ts'
import type { DiffRules } from '../rules/diff-rules.ts'
import { ResourceRules } from '../rules/marks.ts'
import { formatPath } from './change.ts'
import { diffValues } from './diff-values.ts'

/** How many paths a message lists; the others are counted. */
const MAX_PLACES = 3

/**
 * A finding for every resource with the same identity as an earlier one. kustomize 3 prints duplicates; if they differ,
 * the last one applied wins.
 */
export function duplicateFindings(manifests: Manifests, rules: DiffRules = {}): Finding[] {
  const redactor = new Redactor()
  const findings: Finding[] = []
  for (const [first, ...others] of sameObjects(manifests)) {
    if (first === undefined) continue
    for (const [index, again] of others.entries())
      findings.push(duplicateFinding(first, again, index + 2, placesOf(first, again, rules, redactor)))
  }
  return findings
}

/** The objects grouped by what the API server tells them apart by: versions of a group are views of one object. */
function sameObjects(manifests: Manifests): Iterable<readonly Resource[]> {
  const groups = new Map<string, readonly Resource[]>()
  for (const resources of manifests.byIdentity()) {
    const [first] = resources
    if (first === undefined) continue
    const { apiVersion, kind, namespace, name } = first.id
    const key = `${groupOf(apiVersion)}\n${kind}\n${namespace}\n${name}`
    const others = groups.get(key)
    groups.set(key, others === undefined ? resources : [...others, ...resources])
  }
  return groups.values()
}

function duplicateFinding(
  first: Resource,
  again: Resource,
  count: number,
  places: readonly string[],
): Finding {
  const name = printable(`${formatId(again.id)} (${again.id.apiVersion})`)
  const how = places.length === 0 ? 'is identical' : `differs in ${listSome(places, MAX_PLACES)}`
  return {
    rule: 'duplicate-identity',
    severity: places.length === 0 ? 'warning' : 'error',
    message: `${name} is defined ${count === 2 ? 'twice' : `${count} times`}: the ${ordinal(count)} ${how}`,
    position: again.position,
    object: name,
    hint: `the first is on line ${first.position.line}, and the last one applied wins: remove or rename all but one`,
  }
}

/** The paths at which two resources differ, without values. */
function placesOf(first: Resource, again: Resource, rules: DiffRules, redactor: Redactor): string[] {
  if (first.text === again.text) return []
  const own = new ResourceRules(rules, again.id)
  const changes = diffValues(
    redactor.redact(first.id, first.value, own),
    redactor.redact(again.id, again.value, own),
    { rules: own, redactor, onIgnored: () => {} },
  )
  return [...new Set(changes.map(({ path }) => printable(formatPath(path))))]
}

function ordinal(count: number): string {
  return count === 2 ? 'second' : count === 3 ? 'third' : `${count}th`
}
