import { relative, resolve } from 'node:path'

import {
  checkKubeconfigs,
  inventoryJson,
  inventoryMarkdown,
  isKubeconfigSemantics,
  KUBECONFIG_SEMANTICS,
  loadProw,
  mergeKubeconfigs,
  printKubeconfig,
  readKubeconfig,
  takeInventory,
} from '@overlay-render/prow'
import { renderClusters, type Workspace } from '@overlay-render/render'
import { diskView, Fault, readBytes, Tree, whyNotRead, writeAtomically } from '@overlay-render/system'

import { type CommandContext, openContextWorkspace, openWorkspaceIfAny } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import type { KubeconfigMergeJson } from '../json/kubeconfig-merge.ts'
import { printJson } from '../print-json.ts'
import { plainJson } from '../plain-json.ts'
import { faultJson } from '../print-fault.ts'
import { printFindings } from '../print-findings.ts'

const PRIVATE = 0o600

/** The flags of `kubeconfig merge`. */
export interface MergeFlags {
  readonly out: string
  readonly semantics: string
}

/** Merges kubeconfigs into one file. None of their content is printed. */
export async function kubeconfigMergeCommand(
  { terminal }: CommandContext,
  { out, semantics }: MergeFlags,
  files: readonly string[],
): Promise<number> {
  if (!isKubeconfigSemantics(semantics)) {
    throw new Fault({
      code: 'semantics-unknown',
      message: `kubeconfigs cannot be merged as ${JSON.stringify(semantics)}`,
      hint: `the semantics are ${KUBECONFIG_SEMANTICS.join(', ')}`,
    })
  }
  const configs = await Promise.all(
    files.map(async (path) => readKubeconfig({ path, bytes: await readBytes(resolve(path), path) })),
  )
  const merged = printKubeconfig(mergeKubeconfigs(configs, semantics))
  writeAtomically(resolve(out), Buffer.from(merged), { guarded: [], shown: out, mode: PRIVATE })
  if (terminal.json) {
    printJson<KubeconfigMergeJson>(terminal.stdout, { file: out, merged: files, semantics })
  } else if (!terminal.quiet) terminal.stderr.say(`${out}: ${files.length} kubeconfigs merged, mode 0600\n`)
  return ExitStatus.fine
}

/** Prints the problems of kubeconfigs. Exits 1 when there is one. */
export async function kubeconfigCheckCommand(
  context: CommandContext,
  files: readonly string[],
): Promise<number> {
  const workspace = await openWorkspaceIfAny(context)
  const named = files.length > 0 || workspace === undefined
  const wanted = named ? files : workspace.config.prow.kubeconfigs
  if (wanted.length === 0) {
    throw new Fault({
      code: 'kubeconfig-missing',
      message: 'there is no kubeconfig to check',
      hint: 'name files, or set prow.kubeconfigs in overlay-render.yaml',
    })
  }
  const configs = await Promise.all(
    wanted.map(async (path) =>
      readKubeconfig({
        path,
        bytes: named ? await readBytes(resolve(path), path) : readConfigured(workspace, path),
      }),
    ),
  )
  const jobs = workspace === undefined ? [] : loadProw(await workspace.prowFiles()).jobs
  const { contexts = [], overlays = new Map<string, string>() } = workspace?.config.prow ?? {}
  // Named files may be only some of all kubeconfigs.
  const findings = checkKubeconfigs(configs, jobs, named ? [] : [...contexts, ...overlays.values()])
  const { terminal } = context
  printFindings(findings, terminal)
  return findings.length > 0 ? ExitStatus.difference : ExitStatus.fine
}

/**
 * Reads a file that `prow.kubeconfigs` names. A pull request may have written that setting, so only files of the workspace's own
 * tree are read, and no link out of it is followed.
 */
function readConfigured({ folder, guarded }: Workspace, path: string): Uint8Array {
  const opened = new Tree(diskView, { boundary: guarded }).open(resolve(folder, path))
  if (opened.outcome === 'file') return opened.read()
  throw new Fault({
    code: 'kubeconfig-not-readable',
    message: `${path}, which prow.kubeconfigs names, ${whyNotRead(opened, (real) => relative(folder, real))}`,
    hint: 'name a file of this tree there, or give the file to the command',
  })
}

/** Lists what each overlay deploys, the clusters of jobs, and the buckets. */
export async function inventoryCommand(
  context: CommandContext,
  { format }: { readonly format?: string },
): Promise<number> {
  const { terminal } = context
  const wanted = format ?? (terminal.json ? 'json' : 'markdown')
  if (wanted !== 'json' && wanted !== 'markdown') {
    throw new Fault({
      code: 'format-unknown',
      message: `an inventory cannot be shown as ${JSON.stringify(wanted)}`,
      hint: 'the formats are markdown, json',
    })
  }
  const workspace = await openContextWorkspace(context)
  const names = workspace.overlays.map(({ name }) => name)
  const { startProgress } = await import('../progress-line.ts')
  const progress = startProgress(terminal)
  const { clusters, failed } = await renderClusters(workspace, names, progress).finally(() => progress.stop())
  const inventory = takeInventory(loadProw(await workspace.prowFiles()), clusters)
  if (wanted === 'json') {
    const errors = failed.map(({ overlay, fault }) => plainJson({ overlay, ...faultJson(fault) }))
    terminal.stdout.write(inventoryJson(inventory, errors))
  } else {
    terminal.stdout.write(inventoryMarkdown(inventory))
    for (const { overlay, fault } of failed) terminal.stderr.say(`${overlay} is left out: ${fault.message}\n`)
  }
  return failed.length > 0 ? ExitStatus.badInput : ExitStatus.fine
}
