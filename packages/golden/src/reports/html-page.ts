import type { ResourceChange } from '../diff/change.ts'
import type { ChangeGroup, Grouping } from '../diff/group-changes.ts'
import { compareText } from '../resources/resource-id.ts'
import { readingOrder } from './describe-change.ts'
import { describeGroup } from './describe-group.ts'
import { groupEntries } from './grouped.ts'
import { escapeText } from './html-lines.ts'
import { isCompared, type ReportEntry } from './report.ts'

/** With more resources than this, resources and effects are collapsed, and there is an index. */
export const MAX_OPEN = 30

/** State that the parts of one page share: anchors, links and groups of equal changes. */
export class HtmlPage {
  readonly open: boolean
  readonly grouping: Grouping
  readonly titles: readonly string[]
  /** Kinds of resources, sorted. Attributes contain the index of a kind, never its name. */
  readonly kinds: readonly string[]
  readonly anchors: Anchors = new Anchors()
  readonly #entries: readonly ReportEntry[]
  readonly #places: readonly ReadonlyMap<ResourceChange, string>[]
  readonly #groups: ReadonlyMap<ChangeGroup, string>
  readonly #links: ReadonlyMap<ChangeGroup, string>

  constructor(entries: readonly ReportEntry[], open: boolean) {
    this.open = open
    this.#entries = entries
    this.grouping = groupEntries(entries)
    this.titles = entries.map((entry) => shortRevisions(entry.title))
    const resources = entries.map((entry) => (isCompared(entry) ? entry.diff.resources : []))
    this.kinds = [...new Set(resources.flat().map(({ id }) => id.kind))].sort(compareText)
    this.#groups = new Map(this.grouping.groups.map((group) => [group, this.anchors.take('group')]))
    this.#links = new Map(
      this.grouping.groups.map((group) => {
        const { heading } = describeGroup(group, this.titles, 0)
        return [group, `<a href="#${this.anchorOfGroup(group)}">${escapeText(heading)}</a>`]
      }),
    )
    this.#places = entries.map(
      ({ title }, index) =>
        new Map(
          readingOrder(resources[index] ?? []).map((change) => [
            change,
            this.anchors.take(`${title}.${anchorName(change)}`),
          ]),
        ),
    )
  }

  /** The command that explains where a value of the new side comes from. */
  explainCommand({ id }: ResourceChange, entry: number, place: string | undefined): string | undefined {
    const found = this.#entries[entry]
    if (place === undefined || found === undefined || !isCompared(found)) return undefined
    return found.explainCommand?.(id, place)
  }

  anchorOf(change: ResourceChange, entry: number): string {
    return this.#places[entry]?.get(change) ?? ''
  }

  anchorOfGroup(group: ChangeGroup): string {
    return this.#groups.get(group) ?? ''
  }

  linkTo(group: ChangeGroup): string {
    return this.#links.get(group) ?? ''
  }
}

function anchorName({ id }: ResourceChange): string {
  return [id.kind, id.namespace, id.name].filter((part) => part !== '').join('.')
}

/** Shortens full git hashes. */
export function shortRevisions(text: string): string {
  return text.replace(/\b([0-9a-f]{8})[0-9a-f]{32}\b/gu, '$1')
}

/** Unique anchor names of letters, digits and a few punctuation marks. */
export class Anchors {
  readonly #taken = new Map<string, number>()

  take(name: string): string {
    const plain = name.replace(/[^A-Za-z0-9._-]+/gu, '-')
    const count = this.#taken.get(plain) ?? 0
    this.#taken.set(plain, count + 1)
    return count === 0 ? plain : `${plain}~${count + 1}`
  }
}
