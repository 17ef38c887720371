import type { Position } from '@overlay-render/faults'

import type { ScriptBudget } from './script-budget.ts'
import type { Command } from './script.ts'
import { pathOf, type Place } from './place.ts'
import type { V3Kind, V3Node } from './v3-node.ts'
import type { WalkLog } from './walk-purpose.ts'

/** The change of one node by a script. */
export interface V3Change {
  /** `created`: the node was not in the document before the script ran. */
  readonly kind: 'created' | 'replaced' | 'deleted'
  /** Keys and indexes from the root. */
  readonly path: readonly (string | number)[]
  /** Position of the command. */
  readonly position: Position
}

export interface V3Warning {
  readonly code:
    | 'matched-nothing'
    | 'whole-document'
    /** A node on the path had the wrong kind and was replaced, so its data is lost. */
    | 'parent-replaced'
    /** yq 3 reads the path in an unexpected way. */
    | 'path-misread'
    /** A key of a command that yq 3 ignores, similar to a known one. */
    | 'field-unknown'
    /** The printed text is not YAML, or is different data: bugs of yq 3 that are kept. */
    | 'output-invalid'
    | 'data-changed'
  readonly message: string
  readonly position: Position
  readonly hint?: string | undefined
}

/** Changes and warnings of a script run. */
export interface V3Log {
  readonly changes: V3Change[]
  readonly warnings: V3Warning[]
}

/** Records the changes of one command: to the targets of its path, and to the intermediate nodes. */
export class Effects implements WalkLog {
  /** Whether the command changed any target. */
  hasTarget = false
  readonly budget: ScriptBudget
  readonly #command: Command
  readonly #log: V3Log
  /** Intermediate nodes that were created or emptied: recorded only if nothing at or below them changes otherwise. */
  readonly #intermediate: { readonly place: Place; readonly kind: 'created' | 'replaced' }[] = []
  readonly #affected = new Set<Place>()

  constructor(command: Command, log: V3Log, budget: ScriptBudget) {
    this.budget = budget
    this.#command = command
    this.#log = log
  }

  changed(kind: V3Change['kind'], place: Place, name?: string | number): void {
    if (!place.isAttached) return
    this.hasTarget = true
    this.#markAffected(place)
    const path = pathOf(place)
    this.#push(kind, name === undefined ? path : [...path, name])
  }

  created(place: Place): void {
    this.#recordIntermediate(place, 'created')
  }

  replaced(place: Place, old: V3Node, kind: V3Kind): void {
    if (!place.isAttached) return
    if (!holdsData(old)) return this.#recordIntermediate(place, 'replaced')
    const path = pathOf(place)
    if (place.parent !== undefined) this.#markAffected(place.parent)
    this.#push('replaced', path)
    this.#log.warnings.push({
      code: 'parent-replaced',
      message: `${KINDS[old.kind]} at ${path.join('.')} is replaced by ${kind === 'sequence' ? 'an empty list' : 'an empty map'}, because the path ${this.#command.path} continues below it`,
      position: this.#command.pathPosition,
      hint: 'yq 3 replaces nodes of the wrong kind on a path, even for a delete; correct the path',
    })
  }

  /** Records the nodes that were created without being needed. */
  finish(): void {
    for (const { place, kind } of this.#intermediate)
      if (!this.#affected.has(place)) this.#push(kind, pathOf(place))
  }

  #recordIntermediate(place: Place, kind: 'created' | 'replaced'): void {
    if (!place.isAttached) return
    if (place.parent !== undefined) this.#markAffected(place.parent)
    this.#intermediate.push({ place, kind })
  }

  #markAffected(place: Place): void {
    for (
      let at: Place | undefined = place;
      at !== undefined && !this.#affected.has(at);
      at = at.parent ?? at.origin
    )
      this.#affected.add(at)
  }

  #push(kind: V3Change['kind'], path: readonly (string | number)[]): void {
    this.#log.changes.push({ kind, path, position: this.#command.position })
  }
}

const KINDS: Readonly<Record<V3Kind, string>> = {
  mapping: 'the map',
  sequence: 'the list',
  scalar: 'the value',
  alias: 'the alias',
  none: 'the value',
}

function holdsData(node: V3Node): boolean {
  if (node.kind === 'scalar') return node.value !== '' && node.tag !== '!!null'
  return node.kind === 'alias' || node.content.length > 0
}
