import { isList, isMap, Redacted, TypedText, type Value } from '../resources/value.ts'

/**
 * Assigns numbers to values: two values have the same number exactly when they are equal. Each part of a tree is
 * visited once.
 */
export class Interner {
  readonly #numbers = new Map<string, number>()
  readonly #known = new WeakMap<object, number>()

  numberOf(root: Value): number {
    const pending: Value[] = [root]
    for (let value = pending.at(-1); value !== undefined; value = pending.at(-1)) {
      if (this.#numberIfKnown(value) !== undefined) {
        pending.pop()
        continue
      }
      const unknown = children(value).filter((child) => this.#numberIfKnown(child) === undefined)
      for (const child of unknown) pending.push(child)
      if (unknown.length === 0 && (isList(value) || isMap(value))) {
        this.#known.set(value, this.#intern(this.#shape(value)))
      }
    }
    return this.#numberIfKnown(root) ?? 0
  }

  #numberIfKnown(value: Value): number | undefined {
    if (isList(value) || isMap(value)) return this.#known.get(value)
    const type =
      value instanceof Redacted ? value.fingerprint : value instanceof TypedText ? 't' : typeof value
    return this.#intern(`${type}${String(value)}`)
  }

  #shape(value: Value): string {
    if (isList(value)) return `[${value.map((item) => this.#numberIfKnown(item)).join()}`
    if (!isMap(value)) return ''
    const members = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}${this.#numberIfKnown(value[key] ?? null)}`)
    return `{${members.join()}`
  }

  #intern(shape: string): number {
    const number = this.#numbers.get(shape) ?? this.#numbers.size + 1
    this.#numbers.set(shape, number)
    return number
  }
}

function children(value: Value): Value[] {
  if (isList(value)) return value
  return isMap(value) ? Object.values(value) : []
}
