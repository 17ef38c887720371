import type { Redactor } from '../redaction/redactor.ts'
import { equalValues, isList, isMap, member, Redacted, toJson, type Value } from '../resources/value.ts'
import type { IgnoreRule } from '../rules/diff-rules.ts'
import type { Marks, ResourceRules } from '../rules/marks.ts'
import { type Change, formatKey, type Path, type Step } from './change.ts'
import { diffText } from './diff-text.ts'
import { embeddedTrees } from './embedded-trees.ts'
import { Interner } from './intern.ts'
import { itemLabel } from './item-label.ts'
import { movedPairs } from './moved-items.ts'
import { pairItems } from './pair-items.ts'
import { withoutIgnored } from './without-ignored.ts'

export interface ValueComparison {
  readonly rules: ResourceRules
  readonly redactor: Redactor
  /** Called for every difference that a rule ignores. */
  readonly onIgnored: (rule: IgnoreRule) => void
}

/** A path as a linked list, so that paths share their prefixes until a change needs its own copy. */
interface Trail {
  readonly step: Step
  readonly up: Trail | undefined
  /** The number of steps, this one included. */
  readonly depth: number
}

function below(up: Trail | undefined, step: Step): Trail {
  return { step, up, depth: (up?.depth ?? 0) + 1 }
}

/**
 * The limit on the steps of all paths of one resource. Beyond it, differences deeper than `COARSE_DEPTH` are reported as
 * one change, because a report of many deep changes would grow with the square of the depth.
 */
const MAX_STEPS = 300_000
const COARSE_DEPTH = 50

/** The rules' marks on the tree of each side: the resource, or a file embedded in it. */
interface TreePair {
  readonly before: Marks
  readonly after: Marks
}

interface Task {
  readonly before: Value | undefined
  readonly after: Value | undefined
  readonly trail: Trail | undefined
  readonly trees: TreePair
}

/** Lists the differences of two redacted values, in the order of their keys. */
export function diffValues(before: Value, after: Value, comparison: ValueComparison): Change[] {
  return new ValueDiff(comparison).run(before, after)
}

class ValueDiff {
  readonly #comparison: ValueComparison
  readonly #interner = new Interner()
  readonly #changes: Change[] = []
  readonly #tasks: Task[] = []
  #steps = 0

  constructor(comparison: ValueComparison) {
    this.#comparison = comparison
  }

  run(before: Value, after: Value): Change[] {
    const { rules } = this.#comparison
    const trees = { before: rules.marks(before, undefined), after: rules.marks(after, undefined) }
    this.#tasks.push({ before, after, trail: undefined, trees })
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) this.#compare(task)
    return this.#changes
  }

  #compare(task: Task): void {
    const { before, after, trail, trees } = task
    if (before === undefined || after === undefined) this.#compareWithNothing(task)
    else if (this.#steps > MAX_STEPS && (trail?.depth ?? 0) > COARSE_DEPTH && isTree(before)) {
      if (!equalValues(before, after)) this.#replaced(task, before, after)
    } else if (isMap(before) && isMap(after)) this.#compareMaps(before, after, trail, trees)
    else if (isList(before) && isList(after)) this.#compareLists(before, after, trail, trees)
    else if (typeof before === 'string' && typeof after === 'string') this.#compareTexts(before, after, task)
    else if (before instanceof Redacted || after instanceof Redacted)
      this.#compareRedacted(before, after, task)
    else if (!equalValues(before, after)) this.#replaced(task, before, after)
  }

  #compareWithNothing({ before, after, trail, trees }: Task): void {
    const value = before === undefined ? after : before
    if (value === undefined) return
    const marks = before === undefined ? trees.after : trees.before
    const shown = withoutIgnored(value, marks, this.#comparison.onIgnored)
    if (shown === undefined) return
    const path = this.#pathOf(trail)
    if (before === undefined) this.#changes.push({ kind: 'added', path, after: shown })
    else this.#changes.push({ kind: 'removed', path, before: shown })
  }

  #compareMaps(before: Value, after: Value, trail: Trail | undefined, trees: TreePair): void {
    if (!isMap(before) || !isMap(after)) return
    const keys = new Set([...Object.keys(before), ...Object.keys(after)])
    // Reversed, because the last task on the stack is compared first.
    for (const key of [...keys].sort().toReversed()) {
      const task = {
        before: member(before, key),
        after: member(after, key),
        trail: below(trail, { kind: 'key', key }),
        trees,
      }
      const rule = trees.before.ignoredBy(before, key) ?? trees.after.ignoredBy(after, key)
      if (rule === undefined) this.#tasks.push(task)
      else this.#ignore(rule, task)
    }
  }

  #compareLists(before: Value[], after: Value[], trail: Trail | undefined, trees: TreePair): void {
    // Most lists of a changed object are equal, and comparing them is far cheaper than matching their items.
    if (equalValues(before, after)) return
    const ruleKey = trees.after.lists.get(after) ?? trees.before.lists.get(before)
    const name = trail?.step.kind === 'key' ? trail.step.key : undefined
    const { pairs, reordered } = pairItems(before, after, { name, ruleKey, interner: this.#interner })
    if (reordered) {
      const fields = new Map(pairs.map((pair) => [pair.before, pair.fields]))
      this.#changes.push({
        kind: 'reordered',
        path: this.#pathOf(trail),
        before: before.map((item, index) => itemName(item, fields.get(index))),
        after: pairs
          .filter((pair) => pair.after >= 0)
          .map((pair) => itemName(after[pair.after], pair.fields)),
        moved: movedPairs(pairs).map((pair) => ({
          name: itemName(after[pair.after], pair.fields),
          from: pair.before,
          to: pair.after,
        })),
      })
    }
    for (const pair of pairs.toReversed()) {
      const index = pair.after < 0 ? pair.before : pair.after
      const step: Step =
        pair.fields === undefined
          ? { kind: 'index', index, label: itemLabel(before[pair.before], after[pair.after]) }
          : { kind: 'item', fields: pair.fields, index }
      const task = {
        before: before[pair.before],
        after: after[pair.after],
        trail: below(trail, step),
        trees,
      }
      const rule = trees.before.ignoredBy(before, pair.before) ?? trees.after.ignoredBy(after, pair.after)
      if (rule === undefined) this.#tasks.push(task)
      else this.#ignore(rule, task)
    }
  }

  #compareTexts(before: string, after: string, task: Task): void {
    if (before === after) return
    const trees = canContainFile(task.trail)
      ? embeddedTrees(before, after, this.#hasRulesIn(task))
      : undefined
    if (trees === undefined) {
      if (isMultiLine(before) || isMultiLine(after)) this.#textChanged(before, after, task, 'lines')
      else this.#replaced(task, before, after)
    } else if (equalValues(trees.before, trees.after)) this.#textChanged(before, after, task, 'layout')
    else this.#enterFile(trees.before, trees.after, task)
  }

  #hasRulesIn({ trail }: Task): boolean {
    return trail?.step.kind === 'key' && this.#comparison.rules.lookIn(trail.step.key)
  }

  #compareRedacted(before: Value, after: Value, task: Task): void {
    if (equalValues(before, after)) return
    const old = this.#shownOf(before)
    const fresh = this.#shownOf(after)
    if (old === undefined || fresh === undefined || equalValues(old, fresh))
      this.#replaced(task, before, after)
    else if (typeof old === 'string' && typeof fresh === 'string') this.#compareTexts(old, fresh, task)
    else if (isTree(old) && isTree(fresh)) this.#enterFile(old, fresh, task)
    else this.#replaced(task, before, after)
  }

  /** The part of a redacted value that may be shown. */
  #shownOf(value: Value): Value | undefined {
    return value instanceof Redacted ? this.#comparison.redactor.inside(value) : value
  }

  #enterFile(before: Value, after: Value, { trail }: Task): void {
    const key = trail?.step.kind === 'key' ? trail.step.key : ''
    const { rules, onIgnored } = this.#comparison
    const trees = { before: rules.marks(before, key), after: rules.marks(after, key) }
    const rule = trees.before.root ?? trees.after.root
    if (rule !== undefined) onIgnored(rule)
    else this.#tasks.push({ before, after, trail: below(trail, { kind: 'file' }), trees })
  }

  #textChanged(before: string, after: string, { trail }: Task, reason: 'lines' | 'layout'): void {
    this.#changes.push({ kind: 'text', path: this.#pathOf(trail), reason, ...diffText(before, after) })
  }

  #replaced({ trail }: Task, before: Value, after: Value): void {
    this.#changes.push({ kind: 'replaced', path: this.#pathOf(trail), before, after })
  }

  #pathOf(trail: Trail | undefined): Path {
    const steps: Step[] = []
    for (let at = trail; at !== undefined; at = at.up) steps.push(at.step)
    this.#steps += steps.length
    return steps.toReversed()
  }

  #ignore(rule: IgnoreRule, { before, after }: Task): void {
    if (!equalValues(before, after)) this.#comparison.onIgnored(rule)
  }
}

const FIELDS_WITH_FILES: ReadonlySet<string> = new Set(['data', 'stringData', 'annotations'])

/** Whether a string may be an embedded file: a ConfigMap's value or an annotation. */
function canContainFile(trail: Trail | undefined): boolean {
  const holder = trail?.up?.step
  return trail?.step.kind === 'key' && holder?.kind === 'key' && FIELDS_WITH_FILES.has(holder.key)
}

function isTree(value: Value): boolean {
  return isMap(value) || isList(value)
}

function isMultiLine(text: string): boolean {
  return text.trimEnd().includes('\n')
}

/** The name of a list item in a report of a changed order. */
function itemName(item: Value | undefined, fields: Parameters<typeof formatKey>[0] | undefined): string {
  if (fields !== undefined) return formatKey(fields)
  const text = typeof item === 'string' ? item : toJson(item ?? null)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
