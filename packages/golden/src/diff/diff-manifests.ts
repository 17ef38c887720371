import { secretFindings } from '../redaction/secret-findings.ts'
import { Redactor } from '../redaction/redactor.ts'
import type { Manifests, Resource } from '../resources/manifests.ts'
import { compareIds, idKey } from '../resources/resource-id.ts'
import { isMap, type ValueMap } from '../resources/value.ts'
import { checkRules, type DiffRules, formatRule, type IgnoreRule } from '../rules/diff-rules.ts'
import { ResourceRules } from '../rules/marks.ts'
import type { Ignored, ManifestDiff, ResourceChange } from './change.ts'
import { diffValues } from './diff-values.ts'
import { duplicateFindings } from './duplicate-findings.ts'
import { findRenames, type UnpairedResource } from './match-resources.ts'
import { type ObjectSizes, objectSizes } from './object-sizes.ts'
import { pairResources } from './pair-resources.ts'

export interface DiffOptions {
  /** The key of the fingerprints that replace secrets; random when absent. */
  readonly fingerprintKey?: Uint8Array
}

/**
 * Compares two sets of manifests, resource by resource. Documents with the same text are not parsed. A duplicate identity
 * is a finding; duplicates are compared in their order.
 *
 * @throws GoldenFault for a document that is not YAML, and for an invalid rule
 */
export function diffManifests(
  before: Manifests,
  after: Manifests,
  rules: DiffRules = {},
  options: DiffOptions = {},
): ManifestDiff {
  checkRules(rules)
  return new ManifestComparison(rules, options).run(before, after)
}

/** A redacted resource, with its sizes if they may exceed a limit. */
interface Prepared extends UnpairedResource {
  readonly sizes: ObjectSizes | undefined
}

class ManifestComparison {
  readonly #rules: DiffRules
  readonly #redactor: Redactor
  readonly #ignored = new Map<IgnoreRule, number>()
  readonly #changes: ResourceChange[] = []

  constructor(rules: DiffRules, { fingerprintKey }: DiffOptions) {
    this.#rules = rules
    this.#redactor = new Redactor(fingerprintKey)
  }

  run(before: Manifests, after: Manifests): ManifestDiff {
    const { removed, added, pairs } = pairResources(before, after)
    const shared = pairs.filter(([old, fresh]) => !old.part.isSame(fresh.part))
    let unchanged = after.resources.length - added.length
    for (const [old, fresh] of shared) {
      if (!this.#compare(this.#prepare(old), this.#prepare(fresh))) continue
      unchanged--
    }
    this.#compareUnpaired(this.#visible(removed), this.#visible(added))
    const fresh = [...added, ...shared.map(([, resource]) => resource)]
    return {
      before: before.file,
      after: after.file,
      resources: this.#changes.sort((a, b) => compareIds(a.id, b.id)),
      unchanged,
      ignored: this.#countIgnored(),
      findings: [...duplicateFindings(after, this.#rules), ...fresh.flatMap(secretFindings)],
    }
  }

  #compareUnpaired(removed: readonly Prepared[], added: readonly Prepared[]): void {
    const renames = findRenames(removed, added)
    const renamed = new Set<UnpairedResource>(renames.flatMap(({ before, after }) => [before, after]))
    for (const { before, after } of renames) this.#compare(before, after)
    for (const single of removed) if (!renamed.has(single)) this.#changes.push(oneSided('removed', single))
    for (const single of added) if (!renamed.has(single)) this.#changes.push(oneSided('added', single))
  }

  /** Records the differences of two versions of an object, and returns whether there are any. */
  #compare(before: UnpairedResource, after: Prepared): boolean {
    const rules = new ResourceRules(this.#rules, after.id)
    const renamed = idKey(before.id) !== idKey(after.id)
    const content = (value: ValueMap): ValueMap => (renamed ? withoutIdentity(value) : value)
    const changes = diffValues(content(before.value), content(after.value), {
      rules,
      redactor: this.#redactor,
      onIgnored: (rule) => this.#count(rule),
    })
    if (changes.length === 0 && !renamed) return false
    const whole = rules.ignoredWhole
    if (whole !== undefined) {
      this.#count(whole)
      return false
    }
    this.#changes.push({
      kind: renamed ? 'renamed' : 'changed',
      id: after.id,
      previousId: renamed ? before.id : undefined,
      changes,
      before: before.value,
      after: after.value,
      afterSize: after.sizes?.annotations,
      afterDataSize: after.sizes?.data,
    })
    return true
  }

  #prepare({ id, value, text }: Resource): Prepared {
    const rules = new ResourceRules(this.#rules, id)
    return { id, value: this.#redactor.redact(id, value, rules), sizes: objectSizes(value, text) }
  }

  #visible(resources: readonly Resource[]): Prepared[] {
    return resources.flatMap((resource) => {
      const rule = new ResourceRules(this.#rules, resource.id).ignoredWhole
      if (rule === undefined) return [this.#prepare(resource)]
      this.#count(rule)
      return []
    })
  }

  #count(rule: IgnoreRule): void {
    this.#ignored.set(rule, (this.#ignored.get(rule) ?? 0) + 1)
  }

  /** In the order of the rules. */
  #countIgnored(): Ignored[] {
    return (this.#rules.ignore ?? []).flatMap((rule) => {
      const count = this.#ignored.get(rule)
      return count === undefined ? [] : [{ rule: formatRule(rule), count }]
    })
  }
}

function oneSided(kind: 'added' | 'removed', { id, value, sizes }: Prepared): ResourceChange {
  return {
    kind,
    id,
    previousId: undefined,
    changes: [],
    before: kind === 'removed' ? value : undefined,
    after: kind === 'added' ? value : undefined,
    afterSize: kind === 'added' ? sizes?.annotations : undefined,
    afterDataSize: kind === 'added' ? sizes?.data : undefined,
  }
}

/** Removes the identity, which a rename reports separately. */
function withoutIdentity(value: ValueMap): ValueMap {
  const { apiVersion: _apiVersion, metadata, ...rest } = value
  if (!isMap(metadata)) return rest
  const { name: _name, namespace: _namespace, ...others } = metadata
  return { ...rest, metadata: others }
}
