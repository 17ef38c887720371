import { Style } from '../tree/node.ts'
import { isInteger, isPattern, type PathElement } from './path.ts'
import { Place } from './place.ts'
import { requiredKind } from './required-kind.ts'
import { crashFault, depthFault, IndexOutOfRange } from './script-fault.ts'
import type { Slice } from './slice.ts'
import { V3Node } from './v3-node.ts'
import type { Purpose, WalkLog } from './walk-purpose.ts'

interface Task {
  readonly run: () => void
  /** Marks the end of the tasks in which an index out of range is ignored. */
  readonly endsLenience?: boolean
}

const MAX_LEVELS = 20_000

/**
 * Traverses a path from a node like yq 3.4.1, which changes the tree for every purpose: a node of the wrong kind
 * for the next element is replaced by an empty one, and lists are padded up to an index.
 */
export class Walker {
  /** Number of visited nodes. */
  visits = 0
  readonly #path: readonly PathElement[]
  readonly #purpose: Purpose
  readonly #log: WalkLog
  readonly #tasks: Task[] = []

  constructor(path: readonly PathElement[], purpose: Purpose, log: WalkLog) {
    this.#path = path
    this.#purpose = purpose
    this.#log = log
  }

  /** @param origin position of `root` in the outer traversal, for a filter */
  run(root: V3Node, origin?: Place): void {
    this.#reach(root, -1, new Place(origin === undefined ? {} : { origin }))
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) {
      this.#log.budget.step()
      try {
        task.run()
      } catch (error) {
        if (!(error instanceof IndexOutOfRange && this.#dropLenientTasks())) throw error
      }
    }
  }

  /** Drops the innermost tasks in which an index out of range is ignored; false when there are none. */
  #dropLenientTasks(): boolean {
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

  /** Handles a node that the element at `at` matched: continues with the next element, or visits it. */
  #reach(node: V3Node, at: number, place: Place): void {
    if (place.depth > MAX_LEVELS) throw depthFault(MAX_LEVELS)
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
  #enter(node: V3Node, at: number, place: Place): void {
    const element = this.#element(at)
    if (element === '**' && this.#purpose.visitsCollections) this.#visit(node, at, place)
    switch (node.kind) {
      case 'mapping':
        return this.#enterMapping(node, at, place)
      case 'sequence':
        if (typeof element === 'number') return this.#enterIndex(node, element, at, place)
        if (element === '+') return this.#enterNewItem(node, at, place)
        if (element === '**' && node.content.length === 0) return this.#visit(node, at, place)
        return this.#enterItems(node.content, 0, at, place)
      case 'alias':
        if (this.#purpose.followsAliases && node.alias !== undefined) this.#enter(node.alias, at, place)
        return
      case 'scalar':
      case 'none':
        return this.#visit(node, at, place)
    }
  }

  #enterMapping(mapping: V3Node, at: number, place: Place): void {
    const entered = { any: false }
    const element = String(this.#element(at))
    this.#then(() => {
      if (mapping.content.length === 0 && element === '**') this.#visit(mapping, at, place)
      else if (!entered.any && !isPattern(element) && this.#purpose.creates)
        this.#create(mapping, element, at, place)
    })
    this.#enterEntries(mapping.content, at, place, entered)
  }

  #create(mapping: V3Node, name: string, at: number, place: Place): void {
    const key = new V3Node('scalar', name)
    // The style makes an integer key a string, which is printed in double quotes.
    if (isInteger(name)) key.style = Style.literal
    const value = new V3Node(requiredKind(this.#path, at, 'none'))
    // Appended one by one, like in Go: this affects the free cells of a shared array.
    mapping.content = mapping.content.append(key)
    mapping.content = mapping.content.append(value)
    const child = place.child('key', name)
    this.#log.created(child)
    this.#reach(value, at, child)
  }

  /** Enters the entries of a map, then those of its merged maps, the last merge key first. */
  #enterEntries(content: Slice<V3Node>, at: number, place: Place, entered: { any: boolean }): void {
    if (this.#purpose.followsAliases)
      this.#then(() => this.#enterMerged(content, content.length - 2, at, place, entered))
    this.#enterEntry(content, 0, at, place, entered)
  }

  #enterEntry(
    content: Slice<V3Node>,
    index: number,
    at: number,
    place: Place,
    entered: { any: boolean },
  ): void {
    const key = content.at(index)
    const value = content.at(index + 1)
    if (key === undefined) return
    // A merge key may refer to a list, whose items yq 3 takes for keys and values.
    if (value === undefined)
      throw crashFault(
        'a merge key refers to a list with an odd number of items',
        `index out of range [${index + 1}] with length ${content.length}`,
        'name the keys of the path instead of using a filter',
      )
    this.#then(() => this.#enterEntry(content, index + 2, at, place, entered))
    const child = place.child('key', key.value)
    if (!this.#leadsTo(value, key.value, at, child)) return
    entered.any = true
    const fitting = this.#fit(value, at, child)
    content.set(index + 1, fitting)
    this.#then(() => this.#reach(fitting, at, child))
  }

  #enterMerged(
    content: Slice<V3Node>,
    index: number,
    at: number,
    place: Place,
    entered: { any: boolean },
  ): void {
    const key = content.at(index)
    const value = content.at(index + 1)
    if (index < 0 || key === undefined || value === undefined) return
    this.#then(() => this.#enterMerged(content, index - 2, at, place, entered))
    const merged =
      value.kind === 'alias' && key.value === '<<'
        ? [value]
        : value.kind === 'sequence'
          ? [...value.content].filter((item) => item.kind === 'alias')
          : []
    for (const { alias } of merged) {
      if (alias !== undefined) this.#then(() => this.#enterEntries(alias.content, at, place, entered))
    }
  }

  #enterItems(content: Slice<V3Node>, index: number, at: number, place: Place): void {
    const item = content.at(index)
    if (item === undefined) return
    this.#then(() => this.#enterItems(content, index + 1, at, place))
    // Unlike the replacement of a map's value, that of an item is not stored in the list.
    const kind = requiredKind(this.#path, at, item.kind)
    const fitting = kind === item.kind ? item : new V3Node(kind)
    const child = place.child('item', index)
    child.isAttached &&= fitting === item
    if (this.#leadsTo(fitting, fitting.value, at, child)) this.#then(() => this.#reach(fitting, at, child))
  }

  #enterNewItem(list: V3Node, at: number, place: Place): void {
    const item = new V3Node(requiredKind(this.#path, at, 'none'))
    list.content = list.content.append(item)
    const child = place.child('item', list.content.length - 1)
    this.#log.created(child)
    this.#reach(item, at, child)
  }

  #enterIndex(list: V3Node, index: number, at: number, place: Place): void {
    this.#log.budget.pad(index + 1 - list.content.length)
    while (list.content.length <= index) {
      this.#log.created(place.child('index', list.content.length))
      list.content = list.content.append(new V3Node(requiredKind(this.#path, at, 'none')))
    }
    const found = index < 0 ? list.content.length + index : index
    const item = found < 0 ? undefined : list.content.at(found)
    if (item === undefined) throw new IndexOutOfRange(index, list.content.length)
    const child = place.child('index', index, found)
    const fitting = this.#fit(item, at, child)
    list.content.set(found, fitting)
    this.#reach(fitting, at, child)
  }

  #fit(node: V3Node, at: number, place: Place): V3Node {
    const kind = requiredKind(this.#path, at, node.kind)
    if (kind === node.kind) return node
    this.#log.replaced(place, node, kind)
    return new V3Node(kind)
  }

  /** Whether to traverse a child. `name` is its key, or in a list its own text. */
  #leadsTo(node: V3Node, name: string, at: number, place: Place): boolean {
    if (place.visited) return false
    if (name === '<<') return this.#purpose.followsAliases
    return this.#matches(node, name, at, place)
  }

  /** Visits a node if the path ends there. A scalar at the start is visited even if the path is longer. */
  #visit(node: V3Node, at: number, place: Place): void {
    if (place.parent !== undefined) {
      if (place.visited || !this.#isLast(at)) return
      const name = String(place.name)
      const matches = name === '<<' ? this.#element(at) === '<<' : this.#matches(node, name, at, place)
      if (!matches || this.#purpose.accepts?.(node) === false) return
    }
    place.visited = true
    this.visits += 1
    this.#purpose.visit(node, place)
  }

  #matches(node: V3Node, name: string, at: number, place: Place): boolean {
    return this.#purpose.matches(this.#element(at), node, name, place, this.#log)
  }
}
