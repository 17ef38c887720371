/** How a step to a place is taken: by key, while going through a list, or by an index in the path. */
type Step = 'key' | 'item' | 'index'

interface PlaceOptions {
  readonly parent?: Place
  readonly origin?: Place
  readonly name?: string | number
  readonly shown?: string | number
}

/**
 * A place that a walk has come to, known by the steps from where the walk began. The same steps give the same
 * object, so that a walk knows where it has been. The steps keep how they were taken: yq visits an item
 * once by `[*]` and once more by `[0]`.
 */
export class Place {
  readonly parent: Place | undefined
  /** The key or index of the last step. */
  readonly name: string | number
  readonly depth: number
  /** Where the walk began in another walk: a filter looks into a node that a path has come to. */
  readonly origin: Place | undefined
  /** Whether what is done here is in the document: not below an item that was replaced for the walk alone. */
  isAttached: boolean
  visited = false
  #children: Map<string, Place> | undefined

  /** The key or index as the document has it: a negative index counted from the front. */
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

/** The keys and indexes from the root of the document. */
export function pathOf(place: Place): (string | number)[] {
  const path: (string | number)[] = []
  for (let at: Place | undefined = place; at !== undefined; at = at.parent ?? at.origin) {
    if (at.parent !== undefined) path.push(at.shown)
  }
  return path.toReversed()
}
