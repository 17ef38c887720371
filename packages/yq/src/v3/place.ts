/** How the last step to a place was taken: by key, while going through a list, or by an index in the path. */
type Step = 'key' | 'item' | 'index'

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
  /** Whether what is done here is in the document: not below an item that was replaced for the walk alone. */
  isAttached: boolean
  visited = false
  #children: Map<string, Place> | undefined

  constructor(parent?: Place, name: string | number = '') {
    this.parent = parent
    this.name = name
    this.depth = parent === undefined ? 0 : parent.depth + 1
    this.isAttached = parent === undefined || parent.isAttached
  }

  child(step: Step, name: string | number): Place {
    const id = `${step} ${name}`
    this.#children ??= new Map()
    const known = this.#children.get(id)
    if (known !== undefined) return known
    const made = new Place(this, name)
    this.#children.set(id, made)
    return made
  }
}

/** The keys and indexes from where the walk began. */
export function pathOf(place: Place): (string | number)[] {
  const path: (string | number)[] = []
  for (let at = place; at.parent !== undefined; at = at.parent) path.push(at.name)
  return path.toReversed()
}
