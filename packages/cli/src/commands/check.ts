import { openContextWorkspace, type CommandContext } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { printFindings } from '../print-findings.ts'
import { startProgress } from '../progress-line.ts'

export interface CheckFlags {
  readonly strict?: boolean
  readonly format?: string
}

/** Shows what the rules find. Exits 1 for an error, with `--strict` for a warning, too. */
export async function checkCommand(
  context: CommandContext,
  names: readonly string[],
  { strict = false, format }: CheckFlags,
): Promise<number> {
  const { terminal } = context
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const findings = await workspace
    .check(names.length > 0 ? names : workspace.allOverlays(), { onProgress: progress.onProgress })
    .finally(() => progress.stop())
  printFindings(findings, { ...terminal, json: terminal.json || format === 'json' })
  const fails = findings.some(({ severity }) => severity === 'error' || (strict && severity === 'warning'))
  return fails ? ExitStatus.difference : ExitStatus.fine
}
