/** A JSON value; objects have no prototype, so every name is an ordinary key. */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | JsonValue[]
  | { [name: string]: JsonValue }

/**
 * The steps of a JSON Pointer (RFC 6901).
 *
 * @throws Error with the problem
 */
export function pointerSteps(pointer: string): string[] {
  if (pointer !== '' && !pointer.startsWith('/')) throw new Error(`"${pointer}" does not start with "/"`)
  if (/~(?![01])/.test(pointer)) throw new Error(`"~" in "${pointer}" is not followed by 0 or 1`)
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/**
 * The value at a pointer.
 *
 * @throws Error with the missing path
 */
export function valueAt(root: JsonValue, pointer: string): JsonValue {
  let value = root
  for (const [position, step] of pointerSteps(pointer).entries()) {
    value = childOf(value, step, () => placeText(pointer, position))
  }
  return value
}

/**
 * Checks that a value can be added at a pointer: in a map under any key, or in a list at any index up to its end (`-`).
 *
 * @throws Error with the reason
 */
export function requirePlace(root: JsonValue, pointer: string): void {
  const steps = pointerSteps(pointer)
  const last = steps.at(-1)
  if (last === undefined) return
  const parent = valueAt(root, pointer.slice(0, pointer.lastIndexOf('/')))
  if (Array.isArray(parent)) {
    if (last === '-' || (isIndex(last) && Number(last) <= parent.length)) return
    throw new Error(`"${last}" is not an index of a list of ${parent.length} items, nor "-" for its end`)
  }
  if (typeof parent !== 'object' || parent === null) {
    throw new Error(`${placeText(pointer, steps.length - 1)} is neither a map nor a list`)
  }
}

function childOf(value: JsonValue, step: string, place: () => string): JsonValue {
  if (Array.isArray(value)) {
    const item = isIndex(step) ? value[Number(step)] : undefined
    if (item === undefined) throw new Error(`there is no item "${step}" in the list ${place()}`)
    return item
  }
  if (typeof value !== 'object' || value === null) throw new Error(`${place()} is neither a map nor a list`)
  const child = Object.hasOwn(value, step) ? value[step] : undefined
  if (child === undefined) throw new Error(`there is no key "${step}" in the map ${place()}`)
  return child
}

function isIndex(step: string): boolean {
  return /^(?:0|[1-9]\d{0,14})$/.test(step)
}

/** The first steps of a pointer, as messages show them. */
function placeText(pointer: string, steps: number): string {
  return steps === 0
    ? 'at the root'
    : pointer
        .split('/')
        .slice(0, steps + 1)
        .join('/')
}
