import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import type { GoldenUpdateJson } from '../json/golden-update.ts'
import { printJson } from '../print-json.ts'
import { faultsJson, sayFailures, worstStatus } from '../print-fault.ts'
import { printRenderFindings } from '../finding-line.ts'
import { startProgress } from '../progress-line.ts'

/** Writes the rendered output as goldens. */
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
  const failed = results.filter((result) => 'fault' in result)
  printRenderFindings(results, terminal)
  const updates = results.flatMap((result) => ('outcome' in result ? [result.outcome] : []))
  if (terminal.json) {
    printJson<GoldenUpdateJson>(terminal.stdout, { goldens: updates, ...faultsJson(failed) })
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
