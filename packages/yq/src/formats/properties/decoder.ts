import { withoutStrayBytes } from '../../go/byte-text.ts'
import { parseInteger } from '../../go/integers.ts'
import { Node } from '../../tree/node.ts'
import { stringNode } from '../../tree/children.ts'
import { attachItem, attachPair } from '../attach.ts'
import { malformed } from '../format-fault.ts'
import type { PropertiesPreferences } from '../preferences.ts'
import { expansionProblem } from './expansion.ts'
import { readProperties } from './reader.ts'

type Step = string | number

/** A Java properties text as one map: keys are paths, and parts that are numbers make lists. */
export function* decodeProperties(text: string, { arrayBrackets }: PropertiesPreferences): Generator<Node> {
  if (text === '') return
  const properties = readProperties(withoutStrayBytes(text))
  const values = new Map(properties.map(({ key, value }) => [key, value]))
  for (const { key } of properties) {
    const problem = expansionProblem(key, values)
    if (problem !== undefined) throw malformed(problem)
  }
  const tree = new PropertyTree()
  for (const { key, value, comments } of properties) {
    const target = tree.descend(propertyPath(key, arrayBrackets))
    if (target instanceof Error) {
      // yq drops an entry with comments when its path cannot be made.
      if (comments.length > 0) continue
      throw target
    }
    if (target === undefined) continue
    tree.setScalar(target.value, value)
    const text = comments.join('\n')
    if (text !== '') (target.key ?? target.value).headComment = `# ${text}`
  }
  yield tree.root
}

interface Target {
  /** The key that leads to the value, when that is in a map. */
  readonly key: Node | undefined
  readonly value: Node
}

/** The tree that the paths of properties make, with its keys indexed: a file may have many thousand. */
class PropertyTree {
  readonly root: Node = new Node('mapping', '!!map')
  readonly #entries = new Map<Node, Map<string, Target>>()

  /** Goes down a path and makes what is missing. Undefined where the path leads into a scalar. */
  descend(path: readonly Step[]): Target | Error | undefined {
    let target: Target = { key: undefined, value: this.root }
    for (const step of path) {
      const { value } = target
      if (value.kind === 'scalar' && value.tag === '!!null') {
        value.kind = typeof step === 'number' ? 'sequence' : 'mapping'
        value.tag = ''
        value.value = ''
      }
      const next =
        value.kind === 'sequence' ? stepIntoList(value, step) : this.#stepIntoMap(value, String(step))
      if (next === undefined || next instanceof Error) return next
      target = next
    }
    return target
  }

  setScalar(node: Node, value: string): void {
    node.kind = 'scalar'
    node.tag = stringNode(value).tag
    node.value = value
    node.content = []
    this.#entries.delete(node)
  }

  #stepIntoMap(mapping: Node, name: string): Target | undefined {
    if (mapping.kind !== 'mapping') return undefined
    const entries = this.#entries.get(mapping) ?? new Map<string, Target>()
    this.#entries.set(mapping, entries)
    const known = entries.get(name)
    if (known !== undefined) return known
    const entry = { key: stringNode(name), value: new Node('scalar', '!!null', 'null') }
    attachPair(mapping, entry.key, entry.value)
    entries.set(name, entry)
    return entry
  }
}

function stepIntoList(list: Node, step: Step): Target | Error {
  if (typeof step === 'string') {
    const reason = `strconv.ParseInt: parsing ${JSON.stringify(step)}: invalid syntax`
    return malformed(`cannot index array with '${step}' (${reason})`)
  }
  if (step < 0) return malformed(`index [${step}] out of range, array size is ${list.content.length}`)
  if (step > MOST_ITEMS)
    return malformed(`index [${step}] is beyond the ${MOST_ITEMS} items that a list may have`)
  while (list.content.length <= step) attachItem(list, new Node('scalar', '!!null', 'null'))
  const value = list.content[step]
  if (value === undefined) return malformed(`index [${step}] out of range`)
  return { key: undefined, value }
}

/** A bound, so that one short line cannot take all memory. */
const MOST_ITEMS = 10_000_000

function propertyPath(key: string, arrayBrackets: boolean): Step[] {
  return key.split('.').flatMap((segment): Step[] => {
    const bracketed = arrayBrackets ? bracketSteps(segment) : undefined
    return bracketed ?? [integerStep(segment) ?? segment]
  })
}

/** `name[0][1]`, or undefined when the segment has another form. */
function bracketSteps(segment: string): Step[] | undefined {
  const [, name = '', brackets = ''] = /^([^[]*)((?:\[[^\]]*\])+)$/.exec(segment) ?? []
  if (brackets === '') return undefined
  const indices = Array.from(brackets.matchAll(/\[([^\]]*)\]/g), ([, text = '']) => integerStep(text))
  if (indices.includes(undefined)) return undefined
  return [...(name === '' ? [] : [name]), ...indices.filter((index) => index !== undefined)]
}

function integerStep(text: string): number | undefined {
  const parsed = parseInteger(text, 10, 32)
  return parsed.ok ? Number(parsed.value) : undefined
}
