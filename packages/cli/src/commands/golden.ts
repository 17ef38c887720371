import { resolve } from 'node:path'

import { formatReport, reportFormat } from '@overlay-render/golden'
import type { ReportEntry } from '@overlay-render/golden'
import {
  type GoldenCheck,
  type GoldenResult,
  inShard,
  parseShard,
  type Shard,
  type Workspace,
} from '@overlay-render/render'
import { Fault, writeTo } from '@overlay-render/system'

import { acceptCommand, explainCommands } from '../commands-to-run.ts'
import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { liveEntries, needsAttention } from '../live-entries.ts'
import { faultsJson, printFaults, sayFailures, worstStatus } from '../print-fault.ts'
import { printFindings } from '../print-finding.ts'
import { startProgress } from '../progress-line.ts'
import { readReportRequests, screenReport, splitReport, writeReports } from '../reports.ts'
import { paint } from '../terminal.ts'

export interface GoldenCheckFlags {
  readonly base?: string
  readonly shard?: string
  readonly jobs?: number
  readonly report?: readonly string[]
  readonly live?: boolean
  readonly context?: string
}

/** Compares overlays with their goldens, and with their clusters when that is asked for. Exits 1 when one differs. */
export async function goldenCheckCommand(
  context: CommandContext,
  flags: GoldenCheckFlags,
  given: readonly string[],
): Promise<number> {
  const { terminal } = context
  const wanted = (flags.report ?? []).map((value) => ({ value, ...splitReport(value) }))
  const isPatch = ({ format }: { readonly format: string }): boolean => format === 'patch'
  const reports = readReportRequests(wanted.filter((report) => !isPatch(report)).map(({ value }) => value))
  const shard = flags.shard === undefined ? undefined : parseShard(flags.shard)
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const wantedNames = flags.base === undefined ? given : await affectedOf(given, flags.base, workspace)
  const names = shard === undefined ? wantedNames : partOf(wantedNames, shard, flags.base, workspace)
  const isNone = (flags.base ?? shard) !== undefined && names.length === 0
  const results = await (
    isNone
      ? Promise.resolve([])
      : workspace.golden.check(names, { jobs: flags.jobs, onProgress: progress.onProgress })
  ).finally(() => progress.stop())
  // What is shown as a difference shows its findings with it.
  printFindings(
    results.map((result) =>
      'outcome' in result && !isShown(result.outcome)
        ? { ...result, warnings: [...result.warnings, ...result.outcome.diff.findings] }
        : result,
    ),
    terminal,
  )
  const checks = results.flatMap((result) => ('outcome' in result ? [result.outcome] : []))
  const live = await checkClusters(context, workspace, isNone ? {} : flags, names)
  const entries = checks.map((check) => entryOf(check, context))
  const failed = failures(results)
  // Every part of the work would find the same: the first one tells it.
  const gone = given.length === 0 && (shard?.index ?? 1) === 1 ? await workspace.golden.orphans() : []
  const problems = [
    ...failed.map(({ overlay, fault }) => ({ title: overlay, problem: fault.message })),
    ...gone.map((overlay) => ({
      title: overlay,
      problem: 'the overlay is gone, and its golden is still there',
    })),
  ]
  const all = [...entries, ...problems, ...live.entries]
  await writeReports(reports, all, workspace.guarded)
  for (const { file } of wanted.filter(isPatch)) {
    const patch = await workspace.golden.patch(checks, gone)
    await writeTo(resolve(file), patch, { guarded: workspace.guarded, shown: file })
  }

  const differing = checks.filter(({ differs }) => differs)
  if (terminal.json) terminal.stdout.write(formatReport(all, reportFormat('json')))
  else {
    const shown = checks.filter(isShown)
    // The last line says how to accept all; what is said for each overlay before would be the same for one.
    const screen = shown.map((check) =>
      shown.length > 1 ? entryOf(check, context) : { title: check.overlay, diff: check.diff },
    )
    const both = [...screen, ...live.entries]
    if (both.length > 0) terminal.stdout.write(`${screenReport(both, terminal)}\n`)
  }
  // With --json the problems are part of the report.
  if (failed.length > 0) return terminal.json ? worstStatus(failed) : printFaults(failed, terminal)
  if (!terminal.json && !terminal.quiet) sayVerdict({ checks, differing, gone, flags }, context)
  return differing.length + gone.length > 0 || live.differs ? ExitStatus.difference : ExitStatus.fine
}

interface ClusterCheck {
  readonly entries: readonly ReportEntry[]
  readonly differs: boolean
}

/** What the clusters of overlays have, with `--live`; of all overlays that have one when none is named. */
async function checkClusters(
  { terminal }: CommandContext,
  workspace: Workspace,
  { live = false, context }: GoldenCheckFlags,
  names: readonly string[],
): Promise<ClusterCheck> {
  if (!live && context === undefined) return { entries: [], differs: false }
  const wanted = names.length > 0 ? names : [...workspace.config.prow.overlays.keys()]
  if (wanted.length === 0 || (context !== undefined && wanted.length > 1)) {
    throw new Fault({
      code: 'context-missing',
      message: 'one context cannot be that of several overlays, and no overlay has one of its own',
      hint: 'name one overlay, or set prow.overlays in overlay-render.yaml',
    })
  }
  const entries: ReportEntry[] = []
  let differs = false
  for (const name of wanted) {
    const progress = startProgress(terminal)
    const side = `live:${context === undefined ? '' : `${context}:`}${name}`
    const diffs = await workspace.diffLive(side, name, progress).finally(() => progress.stop())
    entries.push(...liveEntries(diffs, name))
    differs ||= needsAttention(diffs)
  }
  return { entries, differs }
}

/** Those of the given overlays, all when none is named, that a change can reach. */
async function affectedOf(
  given: readonly string[],
  base: string,
  workspace: Workspace,
): Promise<readonly string[]> {
  const wanted = new Set(given.map((name) => workspace.overlay(name).name))
  const reached = await workspace.affectedGoldens(base)
  return reached.filter((name) => wanted.size === 0 || wanted.has(name))
}

/** Those of the given overlays, all when none is named, that fall to a shard. */
function partOf(
  names: readonly string[],
  shard: Shard,
  base: string | undefined,
  workspace: Workspace,
): readonly string[] {
  const isAll = base === undefined && names.length === 0
  return inShard(isAll ? workspace.allOverlays() : names.map((name) => workspace.overlay(name).name), shard)
}

/** What has no golden yet would show every resource it has; the verdict names it. */
function isShown({ differs, missing }: GoldenCheck): boolean {
  return differs && !missing
}

interface Verdict {
  readonly checks: readonly GoldenCheck[]
  readonly differing: readonly GoldenCheck[]
  /** Overlays that have a golden and are not there any more. */
  readonly gone: readonly string[]
  readonly flags: GoldenCheckFlags
}

/** Why there is nothing to compare. */
function whyNothing({ base, shard }: GoldenCheckFlags): string {
  if (shard !== undefined) return `part ${shard} has no overlay`
  return base === undefined ? 'no overlay and no golden' : `the change since ${base} can reach no overlay`
}

/** The last line is the command that accepts the change. */
function sayVerdict({ checks, differing, gone, flags }: Verdict, { terminal, folder }: CommandContext): void {
  const ignored = checks.reduce((sum, check) => sum + check.ignored, 0)
  const note = ignored === 0 ? '' : ` (${ignored} ignored ${ignored === 1 ? 'difference' : 'differences'})`
  if (differing.length + gone.length === 0) {
    if (checks.length === 0) {
      terminal.stdout.say(`Nothing to compare: ${whyNothing(flags)}.\n`)
      return
    }
    const count = checks.length === 1 ? 'The golden matches' : `All ${checks.length} goldens match`
    terminal.stdout.say(`${paint(terminal, 'green', count)}${note}.\n`)
    return
  }
  const missing = differing.filter((check) => check.missing).map(({ overlay }) => overlay)
  if (missing.length > 0) terminal.stdout.say(`No golden yet: ${missing.join(', ')}.\n`)
  if (gone.length > 0) terminal.stdout.say(`A golden without an overlay: ${gone.join(', ')}.\n`)
  // The golden of what is gone is removed when it is named, as the old name of an overlay that got another one.
  const names = [...differing.map(({ overlay }) => overlay), ...gone]
  terminal.stdout.say(`To accept${note}: ${acceptCommand(folder, names)}\n`)
}

function entryOf(check: GoldenCheck, { folder }: CommandContext): ReportEntry {
  return {
    title: check.overlay,
    diff: check.diff,
    explainCommand: explainCommands(folder, check.overlay),
    ...(check.differs ? { acceptCommand: acceptCommand(folder, [check.overlay]) } : {}),
  }
}

/** Makes what is rendered the golden. */
export async function goldenUpdateCommand(
  context: CommandContext,
  flags: { readonly jobs?: number; readonly prune?: boolean },
  names: readonly string[],
): Promise<number> {
  const { terminal } = context
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const results = await workspace.golden
    .update(names, { jobs: flags.jobs, prune: flags.prune, onProgress: progress.onProgress })
    .finally(() => progress.stop())
  const failed = failures(results)
  printFindings(results, terminal)
  const updates = results.flatMap((result) => ('outcome' in result ? [result.outcome] : []))
  if (terminal.json) {
    terminal.stdout.write(`${JSON.stringify({ goldens: updates, ...faultsJson(failed) }, undefined, 2)}\n`)
    return failed.length > 0 ? worstStatus(failed) : ExitStatus.fine
  }
  for (const { overlay, written, removed } of updates) {
    if (terminal.quiet) continue
    const parts = [
      ...(written.length > 0 ? [`${written.length} written`] : []),
      ...(removed.length > 0 ? [`${removed.length} removed`] : []),
    ]
    terminal.stdout.say(`${overlay}: ${parts.join(', ') || 'unchanged'}\n`)
  }
  if (failed.length > 0) return sayFailures(failed, { done: 'updated', count: results.length }, terminal)
  if (!terminal.quiet) {
    const changed = updates.some(({ written, removed }) => written.length + removed.length > 0)
    const { path } = workspace.config.golden
    const left = await workspace.golden.orphans()
    if (left.length > 0) {
      terminal.stdout.say(
        `A golden without an overlay: ${left.join(', ')}. To remove it, name it or add --prune.\n`,
      )
    }
    terminal.stdout.say(
      changed ? `Next: review the goldens, and commit them: git add ${path}\n` : 'Nothing changed.\n',
    )
  }
  return ExitStatus.fine
}

function failures<Outcome>(results: readonly GoldenResult<Outcome>[]) {
  return results.flatMap((result) => ('fault' in result ? [result] : []))
}
