import { trimSpace } from '../go/white-space.ts'
import { type Kind, Node, Style } from '../tree/node.ts'
import { isInteger, isPattern, matchesText, parsePath, type PathElement } from './path.ts'
import { Place } from './place.ts'
import { depthFault, indexFault, sizeFault, stepsFault } from './script-fault.ts'

/** What a walk is for. */
export interface Purpose {
  /** Whether aliases and merge keys are followed. */
  readonly followsAliases: boolean
  /** Whether a key that is not there is made. */
  readonly creates: boolean
  /** Whether `**` visits collections too, not only what has nothing below. */
  readonly visitsCollections: boolean
  /** Whether a node that the path leads to is visited. */
  readonly accepts?: (node: Node) => boolean
  readonly visit: (node: Node, place: Place) => void
}

interface Task {
  readonly run: () => void
  /** Ends a stretch whose errors are ignored. */
  readonly endsLenience?: boolean
}

/** Bounds that keep time and memory finite: an alias may lead back to itself, an index may be any number. */
const MOST_STEPS = 5_000_000
const MOST_LEVELS = 20_000
const MOST_ITEMS = 1_000_000

/**
 * Walks from `root` along a path the way yq 3.4.1 does, which changes the tree on the way whatever the walk is
 * for: a node whose kind does not fit the next element is replaced by an empty one that does, and lists are
 * padded up to an index. Returns how many nodes were visited.
 */
export function walk(
  root: Node,
  path: readonly PathElement[],
  purpose: Purpose,
  appending: Appending,
): number {
  const walker = new Walker(path, purpose, appending)
  walker.run(root)
  return walker.visits
}

/** How a walk puts children at the end of a collection. */
export type Appending = (parent: Node, ...children: Node[]) => void

class Walker {
  visits = 0
  readonly #path: readonly PathElement[]
  readonly #purpose: Purpose
  readonly #append: Appending
  readonly #tasks: Task[] = []

  constructor(path: readonly PathElement[], purpose: Purpose, append: Appending) {
    this.#path = path
    this.#purpose = purpose
    this.#append = append
  }

  run(root: Node): void {
    this.#arrive(root, -1, new Place())
    let steps = 0
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) {
      steps += 1
      if (steps > MOST_STEPS) throw stepsFault(MOST_STEPS)
      try {
        task.run()
      } catch (error) {
        if (!this.#forgive(error)) throw error
      }
    }
  }

  /** Leaves the innermost stretch whose errors are ignored. */
  #forgive(error: unknown): boolean {
    if (!(error instanceof Error && 'code' in error && error.code === 'evaluation-failed')) return false
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) {
      if (task.endsLenience === true) return true
    }
    return false
  }

  #then(run: () => void): void {
    this.#tasks.push({ run })
  }

  #element(at: number): PathElement {
    return this.#path[at] ?? ''
  }

  #isLast(at: number): boolean {
    return at >= this.#path.length - 1
  }

  /** At a node that the element at `at` led to: goes on to the next element, or visits. */
  #arrive(node: Node, at: number, place: Place): void {
    if (place.depth > MOST_LEVELS) throw depthFault(MOST_LEVELS)
    if (this.#element(at) === '**' && node.kind !== 'scalar') {
      if (!this.#isLast(at)) {
        this.#tasks.push({ run: () => undefined, endsLenience: true })
        this.#then(() => this.#enter(node, at + 1, place))
      }
      if (place.name !== '<<') this.#then(() => this.#enter(node, at, place))
    } else if (!this.#isLast(at) && node.kind !== 'scalar') {
      this.#enter(node, at + 1, place)
    } else {
      this.#visit(node, at, place)
    }
  }

  /** Applies the element at `at` to the children of a node. */
  #enter(node: Node, at: number, place: Place): void {
    const element = this.#element(at)
    if (element === '**' && this.#purpose.visitsCollections) this.#visit(node, at, place)
    switch (node.kind) {
      case 'mapping':
        return this.#enterMapping(node, at, place)
      case 'sequence':
        if (typeof element === 'number') return this.#enterIndex(node, element, at, place)
        if (element === '+') return this.#enterNewItem(node, at, place)
        if (element === '**' && node.content.length === 0) return this.#visit(node, at, place)
        return this.#enterItems(node, 0, at, place)
      case 'alias':
        if (this.#purpose.followsAliases && node.alias !== undefined) this.#enter(node.alias, at, place)
        return
      case 'scalar':
        return this.#visit(node, at, place)
    }
  }

  #enterMapping(mapping: Node, at: number, place: Place): void {
    const entered = { any: false }
    const element = String(this.#element(at))
    this.#then(() => {
      if (mapping.content.length === 0 && element === '**') this.#visit(mapping, at, place)
      else if (!entered.any && !isPattern(element) && this.#purpose.creates)
        this.#create(mapping, element, at, place)
    })
    this.#enterEntries(mapping, at, place, entered)
  }

  #create(mapping: Node, name: string, at: number, place: Place): void {
    const key = new Node('scalar', '', name)
    // A number as a key becomes a text by its style, which prints as double quotes.
    if (isInteger(name)) key.style = Style.literal
    const value = new Node(this.#kindFor(at, undefined))
    this.#append(mapping, key, value)
    this.#arrive(value, at, place.child('key', name))
  }

  /** The entries of a map, then those that its merge keys bring, the last one first. */
  #enterEntries(mapping: Node, at: number, place: Place, entered: { any: boolean }): void {
    const { content } = mapping
    if (this.#purpose.followsAliases)
      this.#then(() => this.#enterMerged(content, content.length - 2, at, place, entered))
    this.#enterEntry(content, 0, content.length, at, place, entered)
  }

  #enterEntry(
    content: Node[],
    index: number,
    end: number,
    at: number,
    place: Place,
    entered: { any: boolean },
  ): void {
    const key = content[index]
    const value = content[index + 1]
    if (index >= end || key === undefined || value === undefined) return
    this.#then(() => this.#enterEntry(content, index + 2, end, at, place, entered))
    const child = place.child('key', key.value)
    if (!this.#leadsTo(value, key.value, at, child)) return
    entered.any = true
    const fitting = this.#fit(value, at)
    content[index + 1] = fitting
    this.#then(() => this.#arrive(fitting, at, child))
  }

  #enterMerged(
    content: readonly Node[],
    index: number,
    at: number,
    place: Place,
    entered: { any: boolean },
  ): void {
    const key = content[index]
    const value = content[index + 1]
    if (index < 0 || key === undefined || value === undefined) return
    this.#then(() => this.#enterMerged(content, index - 2, at, place, entered))
    const merged =
      value.kind === 'alias' && key.value === '<<'
        ? [value]
        : value.kind === 'sequence'
          ? value.content.filter((item) => item.kind === 'alias')
          : []
    for (const { alias } of merged) {
      if (alias !== undefined) this.#then(() => this.#enterEntries(alias, at, place, entered))
    }
  }

  #enterItems(list: Node, index: number, at: number, place: Place): void {
    const item = list.content[index]
    if (item === undefined) return
    this.#then(() => this.#enterItems(list, index + 1, at, place))
    // Unlike that of a map's value, the replacement is not put into the list.
    const fitting = this.#fit(item, at)
    const child = place.child('item', index)
    child.isAttached &&= fitting === item
    if (this.#leadsTo(fitting, fitting.value, at, child)) this.#then(() => this.#arrive(fitting, at, child))
  }

  #enterNewItem(list: Node, at: number, place: Place): void {
    const item = new Node(this.#kindFor(at, undefined))
    this.#append(list, item)
    this.#arrive(item, at, place.child('item', list.content.length - 1))
  }

  #enterIndex(list: Node, index: number, at: number, place: Place): void {
    if (index >= MOST_ITEMS) throw sizeFault(MOST_ITEMS)
    while (list.content.length <= index) this.#append(list, new Node(this.#kindFor(at, undefined)))
    const found = index < 0 ? list.content.length + index : index
    const item = list.content[found]
    if (item === undefined) throw indexFault(index, list.content.length)
    const fitting = this.#fit(item, at)
    list.content[found] = fitting
    this.#arrive(fitting, at, place.child('index', index))
  }

  #fit(node: Node, at: number): Node {
    const kind = this.#kindFor(at, node.kind)
    return kind === node.kind ? node : new Node(kind)
  }

  /** The kind that what the element at `at` leads to must have for the next element; `known` is what it has. */
  #kindFor(at: number, known: Kind | undefined): Kind {
    if (this.#isLast(at)) return known ?? 'scalar'
    const next = this.#element(at + 1)
    if (typeof next === 'number' || next === '+') return 'sequence'
    if (isPattern(next) && (known === 'sequence' || known === 'mapping')) return known
    if (known !== undefined && (known === 'alias' || this.#element(at) === '**')) return known
    return 'mapping'
  }

  /** Whether the walk goes to a child whose key, or whose own text in a list, is `name`. */
  #leadsTo(node: Node, name: string, at: number, place: Place): boolean {
    if (place.visited) return false
    if (name === '<<') return this.#purpose.followsAliases
    return this.#matches(node, name, at)
  }

  /** Where a walk began is visited even when the path is longer: a scalar there has no way to go on. */
  #visit(node: Node, at: number, place: Place): void {
    if (place.parent !== undefined) {
      if (place.visited || !this.#isLast(at)) return
      const name = String(place.name)
      const matches = name === '<<' ? this.#element(at) === '<<' : this.#matches(node, name, at)
      if (!matches || this.#purpose.accepts?.(node) === false) return
    }
    place.visited = true
    this.visits += 1
    this.#purpose.visit(node, place)
  }

  #matches(node: Node, name: string, at: number): boolean {
    return matchesElement(this.#element(at), node, name, this.#append)
  }
}

/** Whether a child, found under `name`, is meant by an element. A filter looks into the child. */
export function matchesElement(element: PathElement, node: Node, name: string, append: Appending): boolean {
  if (element === '*' || element === '**') return true
  const text = String(element)
  const split = text.indexOf('==')
  if (split !== -1) {
    const path = trimSpace(text.slice(0, split))
    const value = trimSpace(text.slice(split + 2))
    if (node.kind !== 'scalar') return holds(node, path, value, append)
    if (path === '.') return matchesText(value, node.value)
  }
  if (element === '+' && isInteger(name)) return true
  return matchesText(text, name)
}

/** Whether a path below a node leads to a text. */
function holds(node: Node, path: string, value: string, append: Appending): boolean {
  const purpose: Purpose = {
    followsAliases: true,
    creates: false,
    visitsCollections: false,
    accepts: (found) => matchesText(value, found.value),
    visit: () => undefined,
  }
  return walk(node, parsePath(path), purpose, append) > 0
}
