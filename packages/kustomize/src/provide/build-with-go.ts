import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import {
  findProgram,
  makeTemporaryFolder,
  programName,
  runProcess,
  SystemFault,
  writeAtomically,
} from '@overlay-render/system'

export type GoBuild =
  | { readonly outcome: 'built'; readonly path: string }
  | { readonly outcome: 'none'; readonly reason: string }

/** Milliseconds; enough to compile kustomize and its dependencies on a slow machine. */
const BUILD_LIMIT = 20 * 60_000

export interface GoBuildOptions {
  /** The user's environment, which `go` needs for its proxy, caches and toolchain. */
  readonly env: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((message: string) => void) | undefined
}

/**
 * Compiles exactly `version` of kustomize with the Go toolchain on PATH, and writes it to `path`. It is built as the only
 * requirement of an empty module, because `go install` rejects kustomize 3 and 4.0 to 4.4, whose modules have `replace`.
 */
export async function buildWithGo(
  version: string,
  path: string,
  { env, signal, onProgress }: GoBuildOptions,
): Promise<GoBuild> {
  const [go] = await findProgram('go', env)
  if (go === undefined) return { outcome: 'none', reason: 'Go is not installed' }
  const source = `sigs.k8s.io/kustomize/kustomize/v${version.split('.')[0]}`
  const what = `go build ${source}@v${version}`
  onProgress?.(what)
  const folder = await makeTemporaryFolder('go')
  try {
    await writeFile(join(folder.path, 'go.mod'), `module build\n\ngo 1.21\n\nrequire ${source} v${version}\n`)
    const program = join(folder.path, programName('kustomize'))
    const { exitCode, stderr } = await runProcess(go, ['build', '-mod=mod', '-o', program, source], {
      cwd: folder.path,
      env: { ...env, GOFLAGS: '', GOWORK: 'off' },
      timeout: BUILD_LIMIT,
      signal,
    })
    if (exitCode !== 0) return { outcome: 'none', reason: `${what} failed: ${lastLine(stderr)}` }
    writeAtomically(path, await readFile(program), { mode: 0o755, guarded: [] })
    return { outcome: 'built', path }
  } catch (error) {
    if (!(error instanceof SystemFault) || error.code === 'aborted') throw error
    return { outcome: 'none', reason: `${what} failed: ${error.sentence}` }
  } finally {
    await folder.dispose()
  }
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? ''
}
