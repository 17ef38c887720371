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
import { failedEntry, type FailedRender, printFaults, worstStatus } from '../print-fault.ts'
import { printRenderFindings } from '../finding-line.ts'
import { sayVerdict } from '../golden-verdict.ts'
import { startProgress } from '../progress-line.ts'
import { reportRequest, splitReports } from '../report-requests.ts'
import { screenReport, writeReports } from '../reports.ts'

/** The flags of `golden check`. */
export interface GoldenCheckFlags {
  readonly base?: string
  readonly shard?: string
  readonly jobs?: number
  readonly report?: readonly string[]
  readonly live?: boolean
  readonly context?: string
}

/** Compares overlays with their goldens, and on request with their clusters. Exits 1 when one differs. */
export async function goldenCheckCommand(
  context: CommandContext,
  flags: GoldenCheckFlags,
  given: readonly string[],
): Promise<number> {
  const { terminal } = context
  const wanted = splitReports(flags.report ?? [])
  const isPatch = ({ format }: { readonly format: string }): boolean => format === 'patch'
  const reports = wanted.filter((report) => !isPatch(report)).map(reportRequest)
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
  printRenderFindings(results.map(withOwnFindings), terminal)
  const checks = results.flatMap((result) => ('outcome' in result ? [result.outcome] : []))
  const live = await checkClusters(context, workspace, isNone ? {} : flags, names)
  const failed = results.filter((result) => 'fault' in result)
  // Every shard would find the same, so only the first one reports it.
  const gone = given.length === 0 && (shard?.index ?? 1) === 1 ? await workspace.golden.orphans() : []
  const all = [
    ...checks.map((check) => entryOf(check, context)),
    ...problemEntries(failed, gone),
    ...live.entries,
  ]
  await writeReports(reports, all, workspace.guarded)
  for (const { file } of wanted.filter(isPatch)) {
    const patch = await workspace.golden.patch(checks, gone)
    await writeTo(resolve(file), patch, { guarded: workspace.guarded, shown: file })
  }
  if (terminal.json) terminal.stdout.write(formatReport(all, reportFormat('json')))
  else showDifferences(checks, live, context)
  // With --json the problems are part of the report.
  if (failed.length > 0) return terminal.json ? worstStatus(failed) : printFaults(failed, terminal)
  const differing = checks.filter(({ differs }) => differs)
  if (!terminal.json && !terminal.quiet) sayVerdict({ checks, differing, gone, flags }, context)
  return differing.length + gone.length > 0 || live.differs ? ExitStatus.difference : ExitStatus.fine
}

/** Adds the findings of the comparison, unless the overlay is shown as a difference: that shows them. */
function withOwnFindings(result: GoldenResult<GoldenCheck>): GoldenResult<GoldenCheck> {
  if ('fault' in result || isShown(result.outcome)) return result
  return { ...result, warnings: [...result.warnings, ...result.outcome.diff.findings] }
}

/** Overlays that do not render, and goldens of deleted overlays. */
function problemEntries(failed: readonly FailedRender[], gone: readonly string[]): ReportEntry[] {
  return [
    ...failed.map(({ overlay, fault }) => failedEntry(overlay, fault)),
    ...gone.map((overlay) => ({
      title: overlay,
      problem: 'the overlay was deleted, but its golden still exists',
    })),
  ]
}

function showDifferences(checks: readonly GoldenCheck[], live: ClusterCheck, context: CommandContext): void {
  const shown = checks.filter(isShown)
  // The last line has the command that accepts all, so a single overlay needs no own one.
  const screen = shown.map((check) =>
    shown.length > 1 ? entryOf(check, context) : { title: check.overlay, diff: check.diff },
  )
  const both = [...screen, ...live.entries]
  if (both.length > 0) context.terminal.stdout.write(`${screenReport(both, context.terminal)}\n`)
}

interface ClusterCheck {
  readonly entries: readonly ReportEntry[]
  readonly differs: boolean
}

/** Compares with the clusters of overlays, with `--live`; with all clusters when no overlay is named. */
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
      message:
        wanted.length === 0
          ? 'no overlay has a cluster to compare with'
          : `--context names one cluster, and ${wanted.length} overlays were to be compared with it`,
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

/** Those of the given overlays (all when none is named) that a change can affect. */
async function affectedOf(
  given: readonly string[],
  base: string,
  workspace: Workspace,
): Promise<readonly string[]> {
  const wanted = new Set(given.map((name) => workspace.overlay(name).name))
  const reached = await workspace.affectedGoldens(base)
  return reached.filter((name) => wanted.size === 0 || wanted.has(name))
}

/** Those of the given overlays (all when none is named) that belong to a shard. */
function partOf(
  names: readonly string[],
  shard: Shard,
  base: string | undefined,
  workspace: Workspace,
): readonly string[] {
  const isAll = base === undefined && names.length === 0
  return inShard(isAll ? workspace.allOverlays() : names.map((name) => workspace.overlay(name).name), shard)
}

/** An overlay without a golden would show every resource, so only the verdict names it. */
function isShown({ differs, missing }: GoldenCheck): boolean {
  return differs && !missing
}

function entryOf(check: GoldenCheck, { folder }: CommandContext): ReportEntry {
  return {
    title: check.overlay,
    diff: check.diff,
    explainCommand: explainCommands(folder, check.overlay),
    ...(check.differs ? { acceptCommand: acceptCommand(folder, [check.overlay]) } : {}),
  }
}
