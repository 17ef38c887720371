import { replaceInvalidUtf8 } from '../../go/byte-text.ts'
import { parseInteger } from '../../go/integers.ts'
import { Node } from '../../tree/node.ts'
import { stringNode } from '../../tree/children.ts'
import { isPattern, matchesGlob } from '../../operators/glob.ts'
import { attachItem, attachPair } from '../attach.ts'
import { malformed } from '../format-fault.ts'
import type { PropertiesPreferences } from '../preferences.ts'
import { expansionProblem } from './expansion.ts'
import { readProperties } from './reader.ts'

type Step = string | number

/** Decodes Java properties to one map: keys are paths, and numeric parts create lists. */
export function* decodeProperties(text: string, { arrayBrackets }: PropertiesPreferences): Generator<Node> {
  if (text === '') return
  const properties = readProperties(replaceInvalidUtf8(text))
  const values = new Map(properties.map(({ key, value }) => [key, value]))
  for (const { key } of properties) {
    const problem = expansionProblem(key, values)
    if (problem !== undefined) throw malformed(problem)
  }
  const tree = new PropertyTree()
  for (const { key, value, comments } of properties) {
    const path = propertyPath(key, arrayBrackets)
    const targets = tree.descend(path)
    if (targets instanceof Error) {
      // yq drops an entry with comments when its path cannot be created.
      if (comments.length > 0) continue
      throw targets
    }
    const text = comments.join('\n')
    if (comments.length > 0) for (const target of targets) tree.rename(target, String(path.at(-1)))
    if (text !== '')
      for (const { key: name, value: item } of targets) (name ?? item).headComment = `# ${text}`
    for (const target of lastOfEachName(targets)) tree.setScalar(target.value, value)
  }
  yield tree.root
}

interface Target {
  /** The map that holds it; undefined in a list. */
  readonly holder?: Node
  /** The key of the value, if it is in a map. */
  readonly key: Node | undefined
  readonly value: Node
}

/** The tree of the properties' paths, with indexed keys, because a file may have many thousands. */
class PropertyTree {
  readonly root: Node = new Node('mapping', '!!map')
  readonly #entries = new Map<Node, Map<string, Target>>()

  /** Follows a path and creates missing nodes. A path into a scalar has no targets; a pattern may have several. */
  descend(path: readonly Step[]): readonly Target[] | Error {
    let targets: readonly Target[] = [{ key: undefined, value: this.root }]
    for (const step of path) {
      const next: Target[] = []
      for (const { value } of targets) {
        const found = this.#step(value, step)
        if (found instanceof Error) return found
        for (const target of found) next.push(target)
      }
      targets = next
    }
    return targets
  }

  #step(value: Node, step: Step): readonly Target[] | Error {
    if (value.kind === 'scalar' && value.tag === '!!null') {
      value.kind = typeof step === 'number' ? 'sequence' : 'mapping'
      value.tag = ''
    }
    if (value.kind === 'mapping') return this.#stepIntoMap(value, String(step))
    if (value.kind !== 'sequence') return []
    const found = stepIntoList(value, step)
    return found instanceof Error ? found : [found]
  }

  /** An entry with comments sets the key as written, even if it is a pattern. */
  rename({ holder, key }: Target, name: string): void {
    if (holder === undefined || key === undefined || key.value === name) return
    key.value = name
    this.#entries.delete(holder)
  }

  setScalar(node: Node, value: string): void {
    node.kind = 'scalar'
    node.tag = stringNode(value).tag
    node.value = value
    node.content = []
    this.#entries.delete(node)
  }

  /** A key is also a pattern here; if it matches nothing, it is created. */
  #stepIntoMap(mapping: Node, name: string): readonly Target[] {
    const entries = this.#entriesOf(mapping)
    const found = isPattern(name)
      ? lastOfEachName(pairsOf(mapping).filter(({ key }) => matchesGlob(key?.value ?? '', name)))
      : [entries.get(name)].flatMap((entry) => entry ?? [])
    if (found.length > 0) return found
    const entry = { holder: mapping, key: stringNode(name), value: new Node('scalar', '!!null', 'null') }
    attachPair(mapping, entry.key, entry.value)
    entries.set(name, entry)
    return [entry]
  }

  #entriesOf(mapping: Node): Map<string, Target> {
    const known = this.#entries.get(mapping)
    if (known !== undefined) return known
    const made = new Map(pairsOf(mapping).map((pair) => [pair.key?.value ?? '', pair]))
    this.#entries.set(mapping, made)
    return made
  }
}

/** Of keys that became equal because of a comment, yq finds the last one. */
function lastOfEachName(targets: readonly Target[]): readonly Target[] {
  if (targets.length < 2) return targets
  const found = new Map<Node | undefined, Map<string, Target>>()
  for (const target of targets) {
    const names = found.get(target.holder) ?? new Map<string, Target>()
    found.set(target.holder, names.set(target.key?.value ?? '', target))
  }
  return [...found.values()].flatMap((names) => [...names.values()])
}

function pairsOf(holder: Node): Target[] {
  return holder.content.flatMap((key, index) => {
    const value = index % 2 === 0 ? holder.content[index + 1] : undefined
    return value === undefined ? [] : [{ holder, key, value }]
  })
}

function stepIntoList(list: Node, step: Step): Target | Error {
  if (typeof step === 'string') {
    const reason = `strconv.ParseInt: parsing ${JSON.stringify(step)}: invalid syntax`
    return malformed(`cannot index array with '${step}' (${reason})`)
  }
  if (step < 0) return malformed(`index [${step}] out of range, array size is ${list.content.length}`)
  if (step > MAX_ITEMS) return malformed(`index [${step}] exceeds the limit of ${MAX_ITEMS} list items`)
  while (list.content.length <= step) attachItem(list, new Node('scalar', '!!null', 'null'))
  const value = list.content[step]
  if (value === undefined) return malformed(`index [${step}] out of range`)
  return { key: undefined, value }
}

/** A limit, so that one short line cannot exhaust memory. */
const MAX_ITEMS = 10_000_000

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
