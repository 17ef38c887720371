import { resolve } from 'node:path'

import {
  type ChecklistStep,
  countChanged,
  diffJobs,
  explainJob,
  explanationJson,
  formatExplanation,
  formatJobsDiff,
  isJobsFormat,
  JOBS_FORMATS,
  type JobsDiff,
  type JobsFormat,
  LoadMemory,
  loadProw,
  type ProwFiles,
} from '@overlay-render/prow'
import { readProwSide, type Workspace } from '@overlay-render/render'
import { Fault, printable, writeTo } from '@overlay-render/system'

import { type CommandContext, openContextWorkspace, openWorkspaceIfAny } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import type { ChecklistJson } from '../json/checklist.ts'
import { printJson } from '../print-json.ts'
import { printFindings } from '../print-findings.ts'
import { startProgress } from '../progress-line.ts'
import { splitReports } from '../report-requests.ts'

/** The flags of `jobs diff`. */
export interface JobsDiffFlags {
  readonly format?: string
  readonly report?: readonly string[]
}

/** Shows the differences between the effective jobs of two sides. Exits 1 when there are any. */
export async function jobsDiffCommand(
  context: CommandContext,
  flags: JobsDiffFlags,
  before: string,
  after: string,
): Promise<number> {
  const { terminal } = context
  const format = jobsFormat(flags.format ?? (terminal.json ? 'json' : 'text'))
  const reports = splitReports(flags.report ?? []).map(({ format: name, file }) => ({
    format: jobsFormat(name),
    file,
  }))
  const workspace = await openWorkspaceIfAny(context)
  const [a, b] = [await sideOf(workspace, before), await sideOf(workspace, after)]
  const memory = new LoadMemory()
  const diff: JobsDiff = diffJobs(loadProw(a, memory), loadProw(b, memory), { before, after })
  for (const report of reports) {
    await writeTo(resolve(report.file), formatJobsDiff(diff, report.format), {
      guarded: workspace?.guarded ?? [],
      shown: report.file,
    })
  }
  const text = formatJobsDiff(diff, format, { colour: terminal.colour })
  if (format !== 'text') terminal.stdout.write(text)
  else if (countChanged(diff) > 0 || !terminal.quiet) terminal.stdout.say(text)
  return countChanged(diff) > 0 ? ExitStatus.difference : ExitStatus.fine
}

/** Prints the findings about Prow's jobs, config and plugins. Exits 1 for an error or a warning. */
export async function jobsCheckCommand(
  context: CommandContext,
  {
    checkconfig,
    base,
    repo,
  }: { readonly checkconfig?: boolean; readonly base?: string; readonly repo?: string },
): Promise<number> {
  const { terminal } = context
  if (repo !== undefined) return checklistCommand(context, repo)
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const findings = await workspace
    .checkProw({ checkconfig, base, onProgress: progress.onProgress })
    .finally(() => progress.stop())
  printFindings(findings, terminal)
  if (findings.length === 0 && !terminal.quiet && !terminal.json) terminal.stderr.say('no findings\n')
  return findings.some(({ severity }) => severity !== 'info') ? ExitStatus.difference : ExitStatus.fine
}

/** Prints the steps that add a repository to Prow, done and missing. Exits 1 when one is missing. */
export async function checklistCommand(context: CommandContext, repo: string): Promise<number> {
  const workspace = await openContextWorkspace(context)
  return printChecklist(await workspace.repositoryChecklist(repo), context.terminal)
}

function printChecklist(
  steps: readonly ChecklistStep[],
  { stdout, json }: CommandContext['terminal'],
): number {
  if (json) {
    printJson<ChecklistJson>(stdout, { steps })
  } else {
    for (const { step, done, hint } of steps)
      stdout.say(done ? `done     ${step}\n` : `missing  ${step}: ${printable(hint)}\n`)
  }
  return steps.every(({ done }) => done) ? ExitStatus.fine : ExitStatus.difference
}

/** Prints where the fields of a job come from. */
export async function jobsExplainCommand(
  context: CommandContext,
  name: string,
  path: string | undefined,
): Promise<number> {
  const workspace = await openContextWorkspace(context)
  const explained = explainJob(loadProw(await workspace.prowFiles()), name, path)
  const { terminal } = context
  if (terminal.json) terminal.stdout.write(explanationJson(explained))
  else terminal.stdout.say(formatExplanation(explained))
  return ExitStatus.fine
}

async function sideOf(workspace: Workspace | undefined, side: string): Promise<ProwFiles> {
  return workspace === undefined ? readProwSide(undefined, side) : workspace.prowFiles(side)
}

function jobsFormat(name: string): JobsFormat {
  if (isJobsFormat(name)) return name
  throw new Fault({
    code: 'format-unknown',
    message: `jobs cannot be shown as ${JSON.stringify(name)}`,
    hint: `the formats are ${JOBS_FORMATS.join(', ')}`,
  })
}
