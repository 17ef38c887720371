import type { Value } from '@overlay-render/golden'
import type { Position } from '@overlay-render/system'
import { type Node, rootOf } from '@overlay-render/yq'

/** The origin of a value in an effective job. */
export type Origin =
  /** A line of a job file or of the Prow config. */
  | { readonly kind: 'written'; readonly position: Position }
  /** A default of Prow; `reason` says which. */
  | { readonly kind: 'default'; readonly reason: string }
  /** The field `key` of another object from which it was copied; `via` says by which mechanism. */
  | { readonly kind: 'taken'; readonly from: object; readonly key: string; readonly via: string }

/** Records the origins of values while jobs are filled in. */
export interface OriginRecord {
  /** Records that the field `key` of `made` has this origin. */
  noteField(made: object, key: string, origin: Origin): void
  /** Records that `copy` is `original` with some fields set or replaced. */
  noteCopy(copy: object, original: object): void
  /** Records what added an item to a list, such as `the preset preset-docker=true`. */
  noteVia(item: object, via: string): void
}

/** Records nothing: most jobs are never explained. `explainJob` fills in its job again with a record. */
export const FORGET: OriginRecord = { noteField() {}, noteCopy() {}, noteVia() {} }

/** Remembers what every decoded object was made from. The values stay plain data. */
export class Origins implements OriginRecord {
  readonly #nodes = new Map<object, Node>()
  readonly #fields = new Map<object, Map<string, Origin>>()
  readonly #via = new Map<object, string>()

  /** Records that `made` was decoded from a mapping or a sequence. */
  note(made: object, node: Node): void {
    this.#nodes.set(made, node)
  }

  noteField(made: object, key: string, origin: Origin): void {
    const fields = this.#fields.get(made)
    if (fields === undefined) this.#fields.set(made, new Map([[key, origin]]))
    else fields.set(key, origin)
  }

  noteCopy(copy: object, original: object): void {
    const node = this.#nodes.get(original)
    if (node !== undefined) this.#nodes.set(copy, node)
    const fields = this.#fields.get(original)
    if (fields !== undefined) this.#fields.set(copy, new Map(fields))
  }

  noteVia(item: object, via: string): void {
    this.#via.set(item, via)
  }

  /** What added an item to its list; undefined when nothing was recorded. */
  via(item: Value | undefined): string | undefined {
    return typeof item === 'object' && item !== null ? this.#via.get(item) : undefined
  }

  /** The position of an object or a list. */
  positionOf(made: object): Position | undefined {
    const node = this.#nodes.get(made)
    return node === undefined ? undefined : positionOfNode(node)
  }

  /** The origin of a field of an object, or of a list item by its index. */
  originOf(made: object, key: string): Origin | undefined {
    const noted = this.#fields.get(made)?.get(key)
    if (noted !== undefined) return noted
    const node = this.#nodes.get(made)
    const found = node === undefined ? undefined : findChild(node, key)
    return found === undefined ? undefined : { kind: 'written', position: positionOfNode(found) }
  }

  /** The position at which a field of an object is written; that of the object for a default. */
  positionOfField(made: object, key: string): Position | undefined {
    let origin = this.originOf(made, key)
    for (let steps = 0; origin?.kind === 'taken' && steps < 10; steps++) {
      origin = this.originOf(origin.from, origin.key)
    }
    return origin?.kind === 'written' ? origin.position : this.positionOf(made)
  }
}

/** The file, line and column of a node. */
export function positionOfNode(node: Node): Position {
  return { file: rootOf(node).document?.fileName ?? '-', line: node.line, column: node.column }
}

/** The key of a mapping, own or merged, or the item of a sequence. */
function findChild(node: Node, key: string): Node | undefined {
  const target = node.kind === 'alias' ? (node.alias ?? node) : node
  if (target.kind === 'sequence') return target.content[Number(key)]
  const pending = [target]
  let found: Node | undefined
  for (let map = pending.shift(); map !== undefined && found === undefined; map = pending.shift()) {
    for (let index = 0; index < map.content.length; index += 2) {
      const name = map.content[index]
      const value = map.content[index + 1]
      if (name === undefined || value === undefined) continue
      if (name.value === key || (found === undefined && name.value.toLowerCase() === key.toLowerCase()))
        found = name
      else if (name.value === '<<' && pending.length < 100) pending.push(...mergedMaps(value))
    }
  }
  return found
}

/** The maps in the value of a merge key. */
export function mergedMaps(value: Node): Node[] {
  const target = value.kind === 'alias' ? value.alias : value
  if (target?.kind === 'mapping') return [target]
  if (target?.kind !== 'sequence') return []
  return target.content.flatMap((item) => {
    const map = item.kind === 'alias' ? item.alias : item
    return map?.kind === 'mapping' ? [map] : []
  })
}
