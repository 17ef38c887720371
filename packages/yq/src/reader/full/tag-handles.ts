import type { Cursor, Mark } from './cursor.ts'
import type { ScannedToken } from './token.ts'

const DEFAULTS: readonly (readonly [handle: string, prefix: string])[] = [
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
]

/** The prefixes of the tag handles of one document. */
export class TagHandles {
  readonly #prefixes = new Map<string, string>()
  readonly #cursor: Cursor

  constructor(cursor: Cursor) {
    this.#cursor = cursor
  }

  /** @throws YqFault when the handle is already defined */
  add(directive: ScannedToken): void {
    if (this.#prefixes.has(directive.value)) {
      this.#cursor.fail({ stage: 'parser', message: 'found duplicate %TAG directive', at: directive })
    }
    this.#prefixes.set(directive.value, directive.suffix)
  }

  addDefaults(): void {
    for (const [handle, prefix] of DEFAULTS)
      if (!this.#prefixes.has(handle)) this.#prefixes.set(handle, prefix)
  }

  clear(): void {
    this.#prefixes.clear()
  }

  /**
   * The full tag.
   *
   * @param nodeStart start of the node's properties, for errors
   */
  resolve(tag: ScannedToken, nodeStart: Mark): string {
    if (tag.value === '') return tag.suffix
    const prefix = this.#prefixes.get(tag.value)
    if (prefix === undefined) {
      this.#cursor.fail({
        stage: 'parser',
        message: 'found undefined tag handle',
        at: tag,
        context: 'while parsing a node',
        contextAt: nodeStart,
      })
    }
    return prefix + tag.suffix
  }
}
