import { resolve } from 'node:path'

import type { CheckFinding } from '@overlay-render/check'
import { plural } from '@overlay-render/golden'
import {
  BASELINE_FILE,
  type ProwCheckOptions,
  readKeptBaseline,
  type Workspace,
} from '@overlay-render/render'
import { writeTo } from '@overlay-render/system'

import { openContextWorkspace, type CommandContext } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import type { BaselineJson } from '../json/baseline.ts'
import { printJson } from '../print-json.ts'
import { startProgress } from '../progress-line.ts'

/** The flags of `check`. */
export interface CheckFlags {
  readonly strict?: boolean
  readonly format?: string
  readonly base?: string
  readonly writeBaseline?: boolean
  readonly checkconfig?: boolean
  readonly repo?: string
}

/** Prints the findings. Exits 1 for an error, with `--strict` also for a warning. */
export async function checkCommand(
  context: CommandContext,
  names: readonly string[],
  { strict = false, format, base, writeBaseline: writes = false, checkconfig = false, repo }: CheckFlags,
): Promise<number> {
  const { terminal } = context
  if (repo !== undefined) return (await import('./jobs.ts')).checklistCommand(context, repo)
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const { onProgress } = progress
  const all = await workspace
    .check(names.length > 0 ? names : workspace.allOverlays(), { base, onProgress })
    .then(async (found) =>
      checkconfig ? [...found, ...(await checkProw(workspace, { base, onProgress }))] : found,
    )
    .finally(() => progress.stop())
  if (writes) return keepBaseline(workspace, all, context)
  const { FINDING_FORMATS, formatFindings, newFindings, RULES } = await import('@overlay-render/check')
  const findings = newFindings(all, await readKeptBaseline(workspace, workspace.folder))
  const shown = terminal.json ? 'json' : (FINDING_FORMATS.find((known) => known === format) ?? 'text')
  const text = formatFindings(findings, shown, Object.values(RULES).flat())
  // GitHub parses workflow commands in the output, so it is written as bytes; no line of it starts with text of a file.
  if (shown === 'text') terminal.stdout.say(text)
  else terminal.stdout.write(shown === 'github' ? Buffer.from(text) : text)
  if (shown === 'text' && !terminal.quiet) terminal.stderr.say(`${countsOf(findings)}\n`)
  const fails = findings.some(({ severity }) => severity === 'error' || (strict && severity === 'warning'))
  return fails ? ExitStatus.difference : ExitStatus.fine
}

/** The findings of `jobs check --checkconfig`, which belong to no overlay. */
async function checkProw(
  workspace: Workspace,
  options: Omit<ProwCheckOptions, 'checkconfig'>,
): Promise<CheckFinding[]> {
  const findings = await workspace.checkProw({ ...options, checkconfig: true })
  return findings.map((finding) => ({ ...finding, overlays: [] }))
}

async function keepBaseline(
  workspace: Workspace,
  findings: readonly CheckFinding[],
  { terminal }: CommandContext,
): Promise<number> {
  const { writeBaseline } = await import('@overlay-render/check')
  const path = resolve(workspace.folder, BASELINE_FILE)
  await writeTo(path, writeBaseline(findings), { guarded: workspace.guarded, shown: BASELINE_FILE })
  if (terminal.json) {
    printJson<BaselineJson>(terminal.stdout, { baseline: { file: BASELINE_FILE, findings: findings.length } })
  } else if (!terminal.quiet) {
    terminal.stderr.say(
      `${findings.length} findings are in ${BASELINE_FILE} now: commit it, and check will ignore them\n`,
    )
  }
  return ExitStatus.fine
}

function countsOf(findings: readonly CheckFinding[]): string {
  if (findings.length === 0) return 'no findings'
  const count = (severity: CheckFinding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length
  return [
    plural(count('error'), 'error'),
    plural(count('warning'), 'warning'),
    plural(count('info'), 'note'),
  ].join(', ')
}
