import { relative } from 'node:path'

import type { ManifestDiff, ReportEntry } from '@overlay-render/golden'
import type { WatchedOverlay, WatchedRender, WatchRound } from '@overlay-render/render'

import type { WatchJson } from '../json/watch.ts'
import { faultJson, printFaults } from '../print-fault.ts'
import { printJsonLine } from '../print-json.ts'
import { formatDuration } from '../render-summary.ts'
import { screenReport } from '../reports.ts'
import { alignTable } from '@overlay-render/system'
import type { Terminal } from '../terminal.ts'

/** How a watch is shown. */
export interface WatchScreenOptions {
  /** Whether stdout is a terminal that may be cleared. */
  readonly isScreen: boolean
  /** The line about the available keys. */
  readonly lastLine: string
  /** The workspace, to which shown paths are relative. */
  readonly folder: string
}

/** Shows the rounds of a watch: on a terminal each replaces the one before, elsewhere they are printed one after the other. */
export class WatchScreen {
  readonly #terminal: Terminal
  readonly #options: WatchScreenOptions
  #last: WatchRound | undefined
  /** The newest change; it stays on the screen until there is another. */
  #newest: readonly ReportEntry[] = []

  constructor(terminal: Terminal, options: WatchScreenOptions) {
    this.#terminal = terminal
    this.#options = options
  }

  /** Shows a round. */
  show(round: WatchRound): void {
    this.#last = round
    if (this.#terminal.json) {
      printJsonLine<WatchJson>(this.#terminal.stdout, roundJson(round, this.#options.folder))
      return
    }
    const changes = entriesOf(round, ({ diff }) => diff)
    if (changes.length > 0 || !this.#options.isScreen) this.#newest = changes
    this.#clear()
    this.#report(this.#newest)
    this.#finish(round)
  }

  /** Shows the changes since the watch started. */
  showSinceStart(): void {
    if (this.#last === undefined) return
    this.#clear()
    this.#say(['Since the watch started:', ''])
    const changes = entriesOf(this.#last, ({ sinceStart }) => sinceStart())
    if (changes.length === 0) this.#say(['nothing changed', ''])
    this.#report(changes)
    this.#finish(this.#last)
  }

  #clear(): void {
    if (this.#options.isScreen) this.#terminal.stdout.clearScreen()
  }

  #report(entries: readonly ReportEntry[]): void {
    if (entries.length === 0) return
    this.#terminal.stdout.write(screenReport(entries, this.#terminal))
    this.#say([''])
  }

  #finish(round: WatchRound): void {
    const failed = round.overlays.flatMap((result) => ('fault' in result ? [result] : []))
    if (failed.length > 0) printFaults(failed, this.#terminal)
    const rows = round.overlays.map((result) => [timeOf(round), result.overlay, outcome(result)])
    this.#say(alignTable(rows, this.#terminal.width))
    this.#say([...changedLine(round.changed, this.#options.folder), this.#options.lastLine])
  }

  #say(lines: readonly string[]): void {
    if (!this.#terminal.quiet) this.#terminal.stdout.say(`${lines.join('\n')}\n`)
  }
}

/** The local time of a round. */
function timeOf({ at }: WatchRound): string {
  return at.toTimeString().slice(0, 8)
}

/** The overlays that a round changed, for a report. */
function entriesOf(
  round: WatchRound,
  diffOf: (render: WatchedRender) => ManifestDiff | undefined,
): ReportEntry[] {
  return round.overlays.flatMap((result) => {
    const diff = 'rendered' in result ? diffOf(result) : undefined
    if (diff === undefined || diff.resources.length === 0) return []
    return [{ title: `${result.overlay}, changed at ${timeOf(round)}`, diff }]
  })
}

function outcome(result: WatchedOverlay): string {
  if ('fault' in result) return 'failed'
  const { rendered, diff, isMended } = result
  const changed =
    diff === undefined
      ? []
      : [diff.resources.length === 0 ? 'nothing changed' : `${diff.resources.length} changed`]
  return [
    `${rendered.resources.length} resources in ${formatDuration(rendered.duration)}`,
    ...changed,
    ...(isMended ? ['the error is gone'] : []),
  ].join(', ')
}

function changedLine([first, ...others]: readonly string[], folder: string): string[] {
  if (first === undefined) return []
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  return [`Rendered because ${relative(folder, first)}${more} changed.`]
}

/** A round as one JSON object. */
function roundJson({ at, changed, overlays }: WatchRound, folder: string): Omit<WatchJson, 'version'> {
  return {
    at: at.toISOString(),
    changed: changed.map((path) => relative(folder, path)),
    overlays: overlays.map((result) =>
      'fault' in result
        ? { overlay: result.overlay, error: faultJson(result.fault) }
        : {
            overlay: result.overlay,
            resources: result.rendered.resources.length,
            milliseconds: Math.round(result.rendered.duration),
            changes: result.diff?.resources.map(({ kind, id }) => ({ change: kind, resource: { ...id } })),
          },
    ),
  }
}
