import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import {
  findProgram,
  makeTemporaryFolder,
  programName,
  runProcess,
  SystemFault,
  writeAtomically,
} from '@overlay-render/system'

export type GoInstall =
  | { readonly outcome: 'installed'; readonly path: string }
  | { readonly outcome: 'none'; readonly reason: string }

/** Compiling kustomize and all it needs from nothing, on a slow machine. */
const INSTALL_LIMIT = 20 * 60_000

/**
 * Compiles kustomize of exactly `version` with the Go toolchain that is on PATH, and puts it at `path`.
 *
 * @param env the user's environment, which `go` needs whole: its proxy, caches and toolchain are chosen there
 */
export async function installWithGo(
  version: string,
  path: string,
  { env, signal, onProgress }: GoInstallOptions,
): Promise<GoInstall> {
  const [go] = await findProgram('go', env)
  if (go === undefined) return { outcome: 'none', reason: 'Go is not installed' }
  const [major] = version.split('.')
  const source = `sigs.k8s.io/kustomize/kustomize/v${major}@v${version}`
  onProgress?.(`go install ${source}`)
  const folder = await makeTemporaryFolder('go')
  try {
    const { exitCode, stderr } = await runProcess(go, ['install', source], {
      // Outside any module: a go.mod in the current folder would have a say.
      cwd: folder.path,
      env: { ...env, GOBIN: folder.path, GOFLAGS: '', GOWORK: 'off' },
      timeout: INSTALL_LIMIT,
      signal,
    })
    if (exitCode !== 0) return { outcome: 'none', reason: `go install ${source} failed: ${lastLine(stderr)}` }
    const bytes = await readFile(join(folder.path, programName('kustomize')))
    writeAtomically(path, bytes, { mode: 0o755, guarded: [] })
    return { outcome: 'installed', path }
  } catch (error) {
    if (!(error instanceof SystemFault) || error.code === 'aborted') throw error
    return { outcome: 'none', reason: `go install ${source} failed: ${error.sentence}` }
  } finally {
    await folder.dispose()
  }
}

export interface GoInstallOptions {
  readonly env: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((message: string) => void) | undefined
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? ''
}
