/** The kind of a step: by key, by iterating over a list, or by an index in the path. */
type Step = 'key' | 'item' | 'index'

interface PlaceOptions {
  readonly parent?: Place
  readonly origin?: Place
  readonly name?: string | number
  readonly shown?: string | number
}

/**
 * A position that a traversal has reached, identified by its steps. The same steps give the same object, so that each
 * position is visited once. Steps of different kinds are different: yq 3 visits an item by `[*]`, and again by `[0]`.
 */
export class Place {
  readonly parent: Place | undefined
  /** The key or index of the last step. */
  readonly name: string | number
  readonly depth: number
  /** The position in the outer traversal where this one starts: a filter traverses a child of the outer one. */
  readonly origin: Place | undefined
  /** Whether changes here are in the document: false below an item that was replaced only for the traversal. */
  isAttached: boolean
  visited = false
  #children: Map<string, Place> | undefined

  /** The key, or the index from the start of the list if `name` is negative. */
  readonly shown: string | number

  constructor({ parent, origin, name = '', shown = name }: PlaceOptions = {}) {
    this.parent = parent
    this.origin = origin
    this.name = name
    this.shown = shown
    this.depth = parent === undefined ? 0 : parent.depth + 1
    this.isAttached = (parent ?? origin)?.isAttached ?? true
  }

  child(step: Step, name: string | number, shown: string | number = name): Place {
    const id = `${step} ${name}`
    this.#children ??= new Map()
    const known = this.#children.get(id)
    if (known !== undefined) return known
    const made = new Place({ parent: this, name, shown })
    this.#children.set(id, made)
    return made
  }
}

/** Keys and indices from the root of the document. */
export function pathOf(place: Place): (string | number)[] {
  const path: (string | number)[] = []
  for (let at: Place | undefined = place; at !== undefined; at = at.parent ?? at.origin) {
    if (at.parent !== undefined) path.push(at.shown)
  }
  return path.toReversed()
}
