import { takeSteps } from '../budget/node-budget.ts'
import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { booleanFor } from './make-node.ts'
import { indexOfEqual } from './node-equality.ts'
import type { Operation } from '../expression/ast.ts'
import { numberRefusal, parseInteger } from '../go/integers.ts'
import { mapEntries } from '../tree/children.ts'
import type { Node } from '../tree/node.ts'
import { crossProduct } from './cross-product.ts'

/** Whether each match contains the argument: a substring, items of a list, or entries of a map. */
export function contains(context: Context, { argument }: Operation<'contains'>): Context {
  return crossProduct(context.asReadOnly(), { right: argument }, (whole, part) => {
    if (whole === undefined || part === undefined) return undefined
    if (whole.kind !== part.kind) throw evaluationFault(`${part.tag} cannot check contained in ${whole.tag}`)
    return booleanFor(whole, isContained(whole, part))
  })
}

/** A check as a generator: it yields nested checks, receives their results, and returns its own result. */
type Check = Generator<readonly [whole: Node, part: Node], boolean, boolean>

/** Runs a check with an explicit stack of pending checks, without recursion. */
function isContained(whole: Node, part: Node): boolean {
  const stack = [checkNodes(whole, part)]
  let result = false
  for (let check = stack.at(-1); check !== undefined; check = stack.at(-1)) {
    takeSteps(2)
    const step = check.next(result)
    if (step.done === true) {
      result = step.value
      stack.pop()
    } else {
      stack.push(checkNodes(...step.value))
    }
  }
  return result
}

function checkNodes(whole: Node, part: Node): Check {
  switch (whole.kind) {
    case 'mapping':
      return checkMapping(whole, part)
    case 'sequence':
      return checkSequence(whole, part)
    case 'scalar':
      return checkScalar(whole, part)
    case 'alias':
      throw evaluationFault(`${whole.tag} not yet supported for contains`)
  }
}

function* checkMapping(whole: Node, part: Node): Check {
  if (part.kind !== 'mapping') return false
  for (const [key, value] of mapEntries(part)) {
    const found = indexOfEqual(whole, key, 2)
    const own = whole.content[found + 1]
    if (found < 0 || own === undefined || !(yield [own, value])) return false
  }
  return true
}

/** Every item of the part must be contained in some item of the whole; a part that is not a list counts as one item. */
function* checkSequence(whole: Node, part: Node): Check {
  for (const wanted of part.kind === 'sequence' ? part.content : [part]) {
    let isFound = false
    for (const item of whole.content) {
      isFound = yield [item, wanted]
      if (isFound) break
    }
    if (!isFound) return false
  }
  return true
}

// oxlint-disable-next-line require-yield -- a check without nested checks
function* checkScalar(whole: Node, part: Node): Check {
  if (part.kind !== 'scalar' || whole.tag !== part.tag) return false
  if (whole.tag === '!!null') return true
  return whole.tag === '!!str' ? whole.value.includes(part.value) : whole.value === part.value
}

/** Whether a map has the key, by its exact text, or a list the index. */
export function has(context: Context, { argument }: Operation<'has'>): Context {
  const [wanted] = context.asReadOnly().evaluate(argument).nodes
  return context.with(context.nodes.map((node) => booleanFor(node, hasKey(node, wanted))))
}

function hasKey(node: Node, wanted: Node | undefined): boolean {
  if (node.kind === 'mapping') {
    const text = wanted?.value ?? 'null'
    for (const [key] of mapEntries(node)) if (key.value === text) return true
    return false
  }
  if (node.kind !== 'sequence' || wanted?.tag !== '!!int') return false
  const index = parseInteger(wanted.value)
  if (!index.ok) throw evaluationFault(numberRefusal('ParseInt', wanted.value, index.reason))
  return index.value >= 0n && index.value < BigInt(node.content.length)
}
