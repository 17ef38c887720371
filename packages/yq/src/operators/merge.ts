import type { Context } from '../evaluator/context.ts'
import { updateAttributes, updateNode, type UpdateRules } from '../evaluator/update-node.ts'
import type { MergeOptions } from '../expression/ast.ts'
import { copyNode } from '../tree/copy-node.ts'
import type { Node } from '../tree/node.ts'
import { pathOf } from '../tree/path.ts'
import { add } from './add.ts'
import { withDescendants } from './descend.ts'
import { NOWHERE, type PathOptions } from './path-options.ts'
import { stepInto } from './paths.ts'

/**
 * Merges `source` into `target`. Goes through the source from the top, keys included, and lays each node over the
 * one at the same path: maps and their keys lend their attributes, scalars, aliases and (unless the options say
 * otherwise) lists replace.
 */
export function mergeInto(context: Context, target: Node, source: Node, options: MergeOptions): void {
  const descent: PathOptions = { keys: true, followMerges: false, exact: true, range: NOWHERE }
  const depth = pathOf(source).length
  const rules: UpdateRules = {
    keepAnchor: false,
    onlyNull: options.onlyNull,
    clobberTags: options.clobberTags,
  }
  for (const node of withDescendants(context, [source], descent, options.mergeLists)) {
    const path = pathOf(node).slice(depth)
    for (const match of walk(context, target, path, node.isMapKey, !options.onlyExisting)) {
      if (!rules.onlyNull || match.tag === '!!null') lay(context, match, node, options, rules)
    }
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

/** The nodes at a path, created on the way where that is allowed; the key of the last step if that is wanted. */
export function walk(
  context: Context,
  start: Node,
  path: readonly (string | number)[],
  wantsKey: boolean,
  create: boolean,
): readonly Node[] {
  let nodes: readonly Node[] = [start]
  for (const [position, element] of path.entries()) {
    const isKey = wantsKey && position === path.length - 1
    const options = { keys: isKey, values: !isKey, followMerges: false, exact: true, create, range: NOWHERE }
    nodes = nodes.flatMap((node) => stepInto(context, node, element, options))
  }
  return nodes
}
