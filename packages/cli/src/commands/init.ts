import {
  describeLeft,
  type FailedOverlay,
  type Initialized,
  initWorkspace,
  type LeftOverlay,
  type VendorOutcome,
  type Workspace,
} from '@overlay-render/render'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import type { InitJson } from '../json/init.ts'
import { printJson } from '../print-json.ts'
import { faultJson } from '../print-fault.ts'
import { startProgress } from '../progress-line.ts'
import { alignTable, Fault } from '@overlay-render/system'
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
  const initialized = await initWorkspace(folder, { pin, vendor })
  const say = (line: string): void => {
    if (!terminal.json) terminal.stdout.say(`${line}\n`)
  }
  const isLong = initialized.overlays.length > MAX_LISTED
  for (const decision of initialized.decisions) {
    if (!isLong || !initialized.overlays.includes(decision)) say(decision)
  }
  const remotes = vendor ? await fetchAll(context) : undefined
  if (remotes !== undefined && !terminal.json) printOutcomes(context, remotes)
  const results = await renderAll(context)
  const failed = results.flatMap(({ path, fault }) => (fault === undefined ? [] : [{ path, fault }]))
  const late = initialized.leaveOut(failed.filter(({ fault }) => isOfTree(fault)).map(failedOverlay))
  for (const one of late) say(`${one.path} is left out: ${describeLeft(one)}`)
  const listed = results.filter(({ path }) => !late.some((one) => one.path === path))
  const left = [...initialized.left, ...late]
  if (terminal.json) printResult(context, { initialized, listed, left, remotes })
  else printSummary(context, { listed, left })
  return listed.some(({ fault }) => fault !== undefined) ? ExitStatus.difference : ExitStatus.fine
}

/** With more overlays than this, those about which there is nothing to say are only counted. */
const MAX_LISTED = 25

interface Outcome {
  readonly initialized: Initialized
  /** The overlays that are listed in the file. */
  readonly listed: readonly FirstRender[]
  readonly left: readonly LeftOverlay[]
}

function printResult(
  { terminal }: CommandContext,
  {
    initialized,
    listed,
    left,
    remotes,
  }: Outcome & { readonly remotes: readonly VendorOutcome[] | undefined },
): void {
  const { file, overlays, decisions } = initialized
  printJson<InitJson>(terminal.stdout, {
    file,
    overlays: overlays.filter((path) => listed.some((one) => one.path === path)),
    left: left.map(({ path, kind, reason, remedy, isRemote }) => ({ path, kind, reason, remedy, isRemote })),
    decisions,
    remotes,
    rendered: listed.map(({ overlay, fault }) => ({
      overlay,
      error: fault === undefined ? undefined : faultJson(fault),
    })),
  })
}

function printSummary({ terminal }: CommandContext, { listed, left }: Omit<Outcome, 'initialized'>): void {
  const say = (line: string): void => terminal.stdout.say(`${line}\n`)
  const shown = listed.length > MAX_LISTED ? listed.filter(({ fault }) => fault !== undefined) : listed
  const rows = shown.map(({ overlay, fault }) => [overlay, fault?.message ?? 'renders'])
  for (const line of alignTable(rows, terminal.width)) say(line)
  if (terminal.quiet) return
  const faults = listed.flatMap(({ fault }) => fault ?? [])
  const rendered = `${listed.length - faults.length} of ${listed.length} overlays render`
  say(`Wrote overlay-render.yaml${listed.length === 0 ? '' : `: ${rendered}`}.`)
  if (left.length > 0) say(`${left.length} left out: each is in the file as a comment, with the reason.`)
  say(`Next: ${listed.length === 0 ? 'overlay-render jobs check' : nextStep(faults.map(({ code }) => code))}`)
  if (left.some(({ isRemote }) => isRemote))
    say('init --vendor fetches what is not in the tree, and renders the others, too.')
}

interface FirstRender {
  readonly overlay: string
  /** Relative to the workspace. */
  readonly path: string
  readonly fault: Fault | undefined
}

async function renderAll(context: CommandContext): Promise<readonly FirstRender[]> {
  const workspace = await openContextWorkspace(context)
  if (workspace.overlays.length === 0) return []
  const progress = startProgress(context.terminal)
  const names = workspace.overlays.map(({ name }) => name)
  const results = await workspace
    .renderAll(names, { secrets: 'stub', onProgress: progress.onProgress })
    .finally(() => progress.stop())
  return results.map((result) => ({
    overlay: result.overlay,
    path: workspace.overlay(result.overlay).path,
    fault: 'fault' in result ? result.fault : undefined,
  }))
}

/** A missing program says nothing about the tree. */
function isOfTree({ code, blame }: Fault): boolean {
  return blame === 'input' && code !== 'pin-not-met' && code !== 'digest-differs'
}

function failedOverlay({ path, fault }: { readonly path: string; readonly fault: Fault }): FailedOverlay {
  return { path, reason: fault.message, remedy: fault.hint, isRemote: fault.code === 'network-refused' }
}

async function fetchAll(context: CommandContext): Promise<readonly VendorOutcome[]> {
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(context.terminal)
  try {
    await installIfMissing(context, workspace)
    return await workspace.vendor(progress)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const next =
      'overlay-render.yaml is written, and nothing is fetched: once this is solved, run overlay-render vendor'
    throw error.with({ hint: error.hint === undefined ? next : `${error.hint}; ${next}` })
  } finally {
    progress.stop()
  }
}

/** Charts and the first render need the pinned program, and whoever says `--vendor` wants downloads. */
async function installIfMissing({ terminal }: CommandContext, workspace: Workspace): Promise<void> {
  try {
    await workspace.kustomize()
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'pin-not-met') throw error
    const onInstall = (message: string): void => terminal.stderr.say(`${message}\n`)
    await workspace.lockKustomize(await workspace.installKustomize({ onInstall }))
  }
}

/** `codes` are those of the overlays that do not render. */
function nextStep(codes: readonly string[]): string {
  if (codes.length === 0) return 'overlay-render golden update'
  if (codes.includes('pin-not-met')) return 'overlay-render kustomize install'
  if (codes.includes('network-refused')) return 'overlay-render vendor'
  return 'describe in overlay-render.yaml what the others need'
}
