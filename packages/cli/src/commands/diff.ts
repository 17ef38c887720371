import { findBoundary } from '@overlay-render/render'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import {
  type ComparedEntry,
  type ManifestDiff,
  plural,
  type ReportFormat,
  reportFormat,
} from '@overlay-render/golden'
import { diskView, Fault, readBytes } from '@overlay-render/system'

import { explainCommands } from '../commands-to-run.ts'
import type { CommandContext } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { readReportRequests } from '../report-requests.ts'
import type { Terminal } from '../terminal.ts'

/** The flags of `diff`. */
export interface DiffFlags {
  readonly format?: string
  readonly report?: readonly string[]
  readonly secrets?: 'real' | 'stub'
}

/** Shows the differences between two sides. Exits 1 when there are any. */
export async function diffCommand(
  context: CommandContext,
  flags: DiffFlags,
  before: string,
  after: string,
): Promise<number> {
  const { terminal } = context
  const format: ReportFormat = reportFormat(flags.format ?? (terminal.json ? 'json' : 'text'))
  const reports = readReportRequests(flags.report ?? [])
  if ([before, after].some((side) => side.startsWith('live:')))
    return (await import('./diff-live.ts')).diffLive(
      context,
      { format, reports, secrets: flags.secrets },
      before,
      after,
    )
  if (flags.secrets === 'real') {
    throw new Fault({
      code: 'secrets-not-compared',
      message: '--secrets real needs a cluster to compare with, and neither side is one',
      hint: `name one: diff live:${after} ${after} --secrets real`,
    })
  }
  const [a, b] = [fileOf(before), fileOf(after)]
  // Even between files, the redact and ignore rules of a workspace apply.
  const { diff, ...more } =
    a !== undefined && b !== undefined && !mayHaveRules(context.folder)
      ? { diff: await diffFiles(a, b) }
      : await diffInWorkspace(context, before, after)
  const title = `${before} → ${after}`
  // Two overlays are not two states of a cluster, so nothing is said about restarts and order.
  const entries = [{ title, diff, sameCluster: isSameCluster(before, after), ...more }]
  if (reports.length > 0) {
    const { writeReports } = await import('../reports.ts')
    await writeReports(reports, entries, await guardedAt(context.folder))
  }
  const differs = diff.resources.length > 0
  if (format !== 'text' || differs) terminal.stdout.write(await shownReport(entries, terminal, format))
  else if (!terminal.quiet)
    terminal.stdout.say(`${before} and ${after} are the same: ${plural(diff.unchanged, 'resource')}.\n`)
  return differs ? ExitStatus.difference : ExitStatus.fine
}

/** The report for the screen. The other formats are loaded only when they are needed, which saves time. */
async function shownReport(
  entries: readonly ComparedEntry[],
  terminal: Terminal,
  format: ReportFormat,
): Promise<string> {
  if (format === 'text' && !terminal.json) {
    const { textReport } = await import('../comparison.ts')
    return textReport(entries, { colour: terminal.colour, width: terminal.width })
  }
  const { screenReport } = await import('../reports.ts')
  return screenReport(entries, terminal, format)
}

/** The file that a side names: after `file:`, or without it if the name can only be a file. */
function fileOf(side: string): string | undefined {
  if (side.startsWith('file:')) return side.slice('file:'.length)
  return /\.(ya?ml|json)$/.test(side) && (existsSync(side) || !side.includes(':')) ? side : undefined
}

const RULES = /redact|ignore|keys/u

/** Whether a workspace at or above the folder may have rules. Otherwise it is not opened, which saves time. */
function mayHaveRules(folder: string): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const config = join(at, 'overlay-render.yaml')
    // A file that is a link or a pipe is left to the workspace.
    if (existsSync(config))
      return (
        diskView.kindOf(config) !== 'file' || RULES.test(Buffer.from(diskView.readFile(config)).toString())
      )
    if (at === dirname(at)) return false
  }
}

/** Two files need no workspace, but a commit may have added links to the tree around them. */
async function guardedAt(folder: string): Promise<readonly string[]> {
  return findBoundary(realpathSync(folder), undefined).folders
}

/** Compares two files without a workspace, which starts faster. The code is loaded while they are read. */
async function diffFiles(before: string, after: string): Promise<ManifestDiff> {
  const [a, b, { diffManifests, parseManifests }] = await Promise.all([
    readBytes(before),
    readBytes(after),
    import('../comparison.ts'),
  ])
  const like = parseManifests(a, { file: before, expandsLists: true })
  return diffManifests(like, parseManifests(b, { file: after, like, expandsLists: true }))
}

async function diffInWorkspace(
  context: CommandContext,
  before: string,
  after: string,
): Promise<Pick<ComparedEntry, 'diff' | 'explainCommand'>> {
  const [{ openContextWorkspace }, { startProgress }] = await Promise.all([
    import('../context.ts'),
    import('../progress-line.ts'),
  ])
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(context.terminal)
  const diff = await workspace.diff(before, after, progress).finally(() => progress.stop())
  // `explain` works only for an overlay of the work tree.
  return workspace.overlays.some(({ name }) => name === after)
    ? { diff, explainCommand: explainCommands(context.folder, after) }
    : { diff }
}

/** Whether two sides are states of the same cluster: `golden:a`, `HEAD:a` and `a` are the same overlay, and files may be. */
function isSameCluster(before: string, after: string): boolean {
  if (fileOf(before) !== undefined || fileOf(after) !== undefined) return true
  const nameOf = (side: string): string => side.slice(side.lastIndexOf(':') + 1)
  return nameOf(before) === nameOf(after)
}
