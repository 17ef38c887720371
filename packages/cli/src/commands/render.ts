import { relative, resolve } from 'node:path'

import {
  inShard,
  parseShard,
  type PrintMode,
  type RenderResult,
  type SecretMode,
  type Workspace,
} from '@overlay-render/render'
import { Fault } from '@overlay-render/system'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import type { RenderJson } from '../json/render.ts'
import { printJson } from '../print-json.ts'
import { faultsJson, printFaults, sayFailures } from '../print-fault.ts'
import { startProgress } from '../progress-line.ts'
import { requireOverlays } from '../require-overlays.ts'
import { isStdoutClosed } from '../is-stdout-closed.ts'
import type { Terminal } from '../terminal.ts'
import { summarise, summaryJson, type WrittenRender } from '../render-summary.ts'

/** The flags of `render`. */
export interface RenderFlags {
  readonly all?: boolean
  readonly out?: string
  readonly stdout?: boolean
  readonly configsOnly?: boolean
  readonly inPlace?: boolean
  readonly secrets?: SecretMode
  readonly print?: PrintMode
  readonly jobs?: number
  readonly shard?: string
}

/** Renders overlays and writes or prints the result. Exits with the worst status of the overlays that fail. */
export async function renderCommand(
  context: CommandContext,
  flags: RenderFlags,
  names: readonly string[],
): Promise<number> {
  const { terminal } = context
  if (flags.stdout) requireStdout(terminal)
  const workspace = await openContextWorkspace(context)
  const results = await renderChosen(context, workspace, flags, names)
  const failed = results.flatMap((result) => ('fault' in result ? [result] : []))
  // Manifests on stdout may be piped to a cluster, so they are printed only if all overlays render.
  if (flags.stdout && failed.length > 0) return printFaults(failed, terminal)
  const renders: WrittenRender[] = []
  for (const result of results) {
    if ('rendered' in result) renders.push(await deliver(workspace, result.rendered, flags, terminal.stdout))
  }
  const shown = (path: string): string => relative(process.cwd(), path)
  if (terminal.json) {
    printJson<RenderJson>(terminal.stdout, { ...summaryJson(renders, shown), ...faultsJson(failed) })
  } else if (!terminal.quiet) {
    const stream = flags.stdout ? terminal.stderr : terminal.stdout
    if (renders.length > 0) stream.say(`${summarise(renders, terminal, shown).join('\n')}\n`)
  }
  return failed.length === 0
    ? ExitStatus.fine
    : sayFailures(failed, { done: 'rendered', count: results.length }, terminal)
}

/** Checked first, so that no render is lost. */
function requireStdout({ json }: Terminal): void {
  if (json) {
    throw new Fault({
      code: 'usage',
      message: '--stdout prints the manifests alone, and --json prints JSON',
      hint: 'leave one of them out',
    })
  }
  if (!isStdoutClosed()) return
  throw new Fault({
    code: 'output-closed',
    message: 'cannot write the output: standard output is closed',
    hint: 'send it to a file or a pipe, or to /dev/null',
    blame: 'program',
  })
}

async function renderChosen(
  context: CommandContext,
  workspace: Workspace,
  flags: RenderFlags,
  names: readonly string[],
): Promise<RenderResult[]> {
  const all = requireOverlays(workspace, names, { all: flags.all, command: 'render' })
  const chosen = flags.shard === undefined ? all : inShard(all, parseShard(flags.shard))
  const progress = startProgress(context.terminal)
  try {
    return await workspace.renderAll(chosen, {
      ...flags,
      resources: 'counted',
      onProgress: progress.onProgress,
    })
  } finally {
    progress.stop()
  }
}

async function deliver(
  workspace: Workspace,
  rendered: WrittenRender['rendered'],
  flags: RenderFlags,
  stdout: Terminal['stdout'],
): Promise<WrittenRender> {
  if (flags.stdout) {
    if ('manifests' in rendered) stdout.write(rendered.manifests)
    return { rendered, files: undefined }
  }
  const configs = flags.inPlace ? await workspace.writeInPlace(rendered) : []
  if (flags.inPlace && flags.configsOnly) return { rendered, files: configs }
  // --out is relative to the current directory, not to the workspace.
  const out = flags.out === undefined ? undefined : resolve(flags.out)
  return { rendered, files: [...(await workspace.writeRendered(rendered, { out })), ...configs] }
}
