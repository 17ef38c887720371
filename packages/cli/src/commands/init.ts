import { initWorkspace, type VendorOutcome } from '@overlay-render/render'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { startProgress } from '../progress-line.ts'
import { alignTable } from '@overlay-render/system'
import { printOutcomes } from '../vendor-outcomes.ts'

/**
 * Writes an `overlay-render.yaml` for the tree that is there, shows what was decided and why, and renders it at once; with `vendor` after
 * it has fetched what overlays build on.
 */
export async function initCommand(
  context: CommandContext,
  { pin, vendor = false }: { readonly pin?: string; readonly vendor?: boolean },
): Promise<number> {
  const { terminal, folder } = context
  const { file, overlays, left, decisions } = await initWorkspace(folder, { pin, vendor })
  if (!terminal.json) for (const decision of decisions) terminal.stdout.say(`${decision}\n`)
  const remotes = vendor ? await fetchAll(context) : undefined
  if (remotes !== undefined && !terminal.json) printOutcomes(context, remotes)
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const names = workspace.overlays.map(({ name }) => name)
  const results = await workspace
    .renderAll(names, { secrets: 'stub', onProgress: progress.onProgress })
    .finally(() => progress.stop())
  const failed = results.filter((result) => 'fault' in result)
  const rendered = results.map((result) => ({
    overlay: result.overlay,
    fault: 'fault' in result ? result.fault.message : undefined,
  }))
  if (terminal.json) {
    const data = { file, overlays, left, decisions, remotes, rendered }
    terminal.stdout.write(`${JSON.stringify(data, undefined, 2)}\n`)
    return failed.length === 0 ? ExitStatus.fine : ExitStatus.difference
  }
  const rows = rendered.map(({ overlay, fault }) => [overlay, fault ?? 'renders'])
  for (const line of alignTable(rows, terminal.width)) terminal.stdout.say(`${line}\n`)
  if (!terminal.quiet) {
    const renders = `${rendered.length - failed.length} of ${rendered.length} overlays render.`
    const next = nextStep(failed.map(({ fault }) => fault.code))
    terminal.stdout.say(`Wrote overlay-render.yaml: ${renders}\nNext: ${next}\n`)
    if (left.some(({ isRemote }) => isRemote))
      terminal.stdout.say('init --vendor fetches what is not in the tree, and renders the others, too.\n')
  }
  return failed.length === 0 ? ExitStatus.fine : ExitStatus.difference
}

async function fetchAll(context: CommandContext): Promise<readonly VendorOutcome[]> {
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(context.terminal)
  return workspace.vendor(progress).finally(() => progress.stop())
}

/** `codes` are those of the overlays that do not render. */
function nextStep(codes: readonly string[]): string {
  if (codes.length === 0) return 'overlay-render golden update'
  if (codes.includes('pin-not-met')) return 'overlay-render kustomize install'
  if (codes.includes('network-refused')) return 'overlay-render vendor'
  return 'describe in overlay-render.yaml what the others need'
}
