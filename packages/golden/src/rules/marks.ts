import type { ResourceId } from '../resources/resource-id.ts'
import { isList, type Value } from '../resources/value.ts'
import { type DiffRules, type IgnoreRule, type PathRule, selects } from './diff-rules.ts'
import { findPlaces } from './json-path.ts'
import type { ListKey } from './list-keys.ts'

/** The rules that apply to one resource. */
export class ResourceRules {
  readonly #rules: DiffRules
  readonly #id: ResourceId

  constructor(rules: DiffRules, id: ResourceId) {
    this.#rules = rules
    this.#id = id
  }

  /** The rule that ignores the resource as a whole. */
  get ignoredWhole(): IgnoreRule | undefined {
    return this.#rules.ignore?.find((rule) => rule.path === undefined && selects(rule, this.#id))
  }

  /** Marks the rules' matches in a tree: the resource, or the embedded file at `key`. */
  marks(root: Value, key: string | undefined): Marks {
    const marks = new Marks()
    for (const rule of this.#about(this.#rules.ignore, key)) {
      if (rule.path === undefined) continue
      for (const place of findPlaces(rule.path, root, rule.position)) {
        if (place.parent === undefined) marks.root = rule
        else marks.ignore(place.parent, place.key ?? '', rule)
      }
    }
    for (const rule of this.#about(this.#rules.keys, key)) {
      const fields = typeof rule.key === 'string' ? [rule.key] : rule.key
      const listKey = fields.map((field) => ({ field }))
      for (const place of findPlaces(rule.path, root, rule.position)) {
        if (isList(place.value)) marks.lists.set(place.value, listKey)
      }
    }
    return marks
  }

  /** The places to redact. */
  redacted(
    root: Value,
    key: string | undefined,
  ): { readonly parent: Value | undefined; readonly key: string | number }[] {
    return this.#about(this.#rules.redact, key).flatMap((rule) =>
      findPlaces(rule.path, root, rule.position).map((place) => ({
        parent: place.parent,
        key: place.key ?? '',
      })),
    )
  }

  /** Whether any redact rule applies to the resource or its embedded files. */
  get redactsAny(): boolean {
    return this.#rules.redact?.some((rule) => selects(rule, this.#id)) ?? false
  }

  /** Whether any redact rule applies to the resource itself, or to the embedded file at `key`. */
  redactsIn(key: string | undefined): boolean {
    return this.#about(this.#rules.redact, key).length > 0
  }

  /** Whether any rule applies to the embedded file at `key`. */
  lookIn(key: string): boolean {
    const { ignore, keys } = this.#rules
    return this.redactsIn(key) || this.#about(ignore, key).length > 0 || this.#about(keys, key).length > 0
  }

  #about<Rule extends PathRule>(rules: readonly Rule[] | undefined, key: string | undefined): Rule[] {
    return rules?.filter((rule) => rule.in === key && selects(rule, this.#id)) ?? []
  }
}

/** The matches of rules in one tree, by identity of its maps and lists. */
export class Marks {
  /** The rule that ignores the tree as a whole. */
  root: IgnoreRule | undefined = undefined
  readonly lists: Map<Value, ListKey> = new Map()
  readonly #ignored = new Map<Value, Map<string | number, IgnoreRule>>()

  get isEmpty(): boolean {
    return this.#ignored.size === 0
  }

  ignore(parent: Value, key: string | number, rule: IgnoreRule): void {
    const keys = this.#ignored.get(parent) ?? new Map<string | number, IgnoreRule>()
    this.#ignored.set(parent, keys.set(String(key), rule))
  }

  ignoredBy(parent: Value, key: string | number): IgnoreRule | undefined {
    return this.#ignored.get(parent)?.get(String(key))
  }
}
