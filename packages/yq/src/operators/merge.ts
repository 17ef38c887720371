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

/** How paths of the source are resolved in the target. */
export type MergePathRules = Pick<PathOptions, 'exact' | 'followMerges'>

type PathRules = Pick<PathOptions, 'exact' | 'followMerges' | 'create'>

/** The rules of `*`: keys match exactly, and merged maps are not changed. */
const LITERAL_PATHS: MergePathRules = { exact: true, followMerges: false }

/**
 * Merges `source` into `target`. Traverses the source from the top, including keys, and applies each node to the one at
 * the same path: maps and their keys update attributes; scalars, aliases and (by default) lists replace.
 */
export function mergeInto(
  context: Context,
  target: Node,
  source: Node,
  options: MergeOptions,
  rules: MergePathRules = LITERAL_PATHS,
): void {
  const descent: PathOptions = { keys: true, followMerges: false, exact: true, range: NOWHERE }
  const targets = new Targets(context, source, target, { ...rules, create: !options.onlyExisting })
  const { onlyNull, clobberTags } = options
  for (const node of withDescendants(context, [source], descent, options.mergeLists)) {
    for (const match of targets.of(node)) {
      if (!onlyNull || match.tag === '!!null') {
        mergeNode(context, match, node, options, { keepAnchor: false, onlyNull, clobberTags })
      }
    }
  }
}

/** The nodes of a target at the paths of the source's nodes, created if missing. */
class Targets {
  /** The targets of visited collections, so that paths need not be resolved from the top. */
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
    const targets = this.#step(above, step, node.isMapKey)
    // By their paths, nodes below a key that is a collection are merged below the key's value.
    if (node.content.length > 0 && !node.isMapKey) this.#known.set(node, targets)
    return targets
  }

  #walk(node: Node): readonly Node[] {
    const path = stepsTo(node).slice(stepsTo(this.#source).length)
    return path.reduce<readonly Node[]>(
      (targets, step, position) => this.#step(targets, step, node.isMapKey && position === path.length - 1),
      [this.#target],
    )
  }

  #step(targets: readonly Node[], step: Step, wantsKey: boolean): readonly Node[] {
    const options: PathOptions = {
      keys: wantsKey,
      values: !wantsKey,
      ...this.#rules,
      range: NOWHERE,
    }
    return targets.flatMap((target) => stepInto(this.#context, target, step, options))
  }
}

function mergeNode(
  context: Context,
  target: Node,
  source: Node,
  options: MergeOptions,
  rules: UpdateRules,
): void {
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
