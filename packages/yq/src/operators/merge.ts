import type { Context } from '../evaluator/context.ts'
import { updateAttributes, updateNode, type UpdateRules } from './update-node.ts'
import type { MergeOptions } from '../expression/ast.ts'
import { copyNode } from '../tree/copy-node.ts'
import type { Node } from '../tree/node.ts'
import { type Step, stepsTo, stepTo } from '../tree/path.ts'
import { add } from './add.ts'
import { withDescendants } from './descend.ts'
import { NOWHERE, type PathOptions } from './path-options.ts'
import { stepInto } from './paths.ts'

/** How the paths of the source are followed in the target. */
export type MergePathRules = Pick<PathOptions, 'exact' | 'followMerges'>

type PathRules = Pick<PathOptions, 'exact' | 'followMerges' | 'create'>

/** As `*` does it: keys match letter by letter, and what they merge is left alone. */
const LITERAL_PATHS: MergePathRules = { exact: true, followMerges: false }

/**
 * Merges `source` into `target`. Goes through the source from the top, keys included, and lays each node over the
 * one at the same path: maps and their keys lend their attributes, scalars, aliases and (unless the options say
 * otherwise) lists replace.
 */
export function mergeInto(
  context: Context,
  target: Node,
  source: Node,
  options: MergeOptions,
  rules: MergePathRules = LITERAL_PATHS,
): void {
  const descent: PathOptions = { keys: true, followMerges: false, exact: true, range: NOWHERE }
  const places = new Places(context, source, target, { ...rules, create: !options.onlyExisting })
  const { onlyNull, clobberTags } = options
  for (const node of withDescendants(context, [source], descent, options.mergeLists)) {
    for (const match of places.of(node)) {
      if (!onlyNull || match.tag === '!!null') {
        lay(context, match, node, options, { keepAnchor: false, onlyNull, clobberTags })
      }
    }
  }
}

/** Where the nodes of a source belong in a target, found by their paths and created where they are missing. */
class Places {
  /** The places of the collections that were visited, so that a path need not be walked from the top. */
  readonly #known: Map<Node, readonly Node[]>
  readonly #context: Context
  readonly #rules: PathRules
  readonly #source: Node
  readonly #target: Node

  constructor(context: Context, source: Node, target: Node, rules: PathRules) {
    this.#context = context
    this.#source = source
    this.#target = target
    this.#rules = rules
    this.#known = new Map([[source, [target]]])
  }

  of(node: Node): readonly Node[] {
    if (node === this.#source) return [this.#target]
    const step = stepTo(node)
    const above = node.parent === undefined ? undefined : this.#known.get(node.parent)
    if (above === undefined || step === undefined) return this.#walk(node)
    const places = this.#step(above, step, node.isMapKey)
    // What lies below a key that is a collection itself goes, by its path, below the key's value.
    if (node.content.length > 0 && !node.isMapKey) this.#known.set(node, places)
    return places
  }

  #walk(node: Node): readonly Node[] {
    const path = stepsTo(node).slice(stepsTo(this.#source).length)
    return path.reduce<readonly Node[]>(
      (places, step, position) => this.#step(places, step, node.isMapKey && position === path.length - 1),
      [this.#target],
    )
  }

  #step(places: readonly Node[], step: Step, wantsKey: boolean): readonly Node[] {
    const options: PathOptions = {
      keys: wantsKey,
      values: !wantsKey,
      ...this.#rules,
      range: NOWHERE,
    }
    return places.flatMap((place) => stepInto(this.#context, place, step, options))
  }
}

function lay(context: Context, target: Node, source: Node, options: MergeOptions, rules: UpdateRules): void {
  const isList = source.kind === 'sequence'
  if (isList && options.appendLists) {
    const sum = add(copyNode(target), source, context)
    if (sum !== undefined) updateNode(target, sum, rules)
  } else if (source.kind === 'mapping' || (isList && options.mergeLists)) {
    updateAttributes(target, source, rules)
  } else {
    updateNode(target, source, rules)
  }
}
