import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { copyTree } from './copy-tree.ts'
import { kustomize454, realYq } from './oracles.ts'
import { writeStubSecrets } from './stub-secret-files.ts'

/** The steps that a person applies to a copy of a tree before running kustomize. They use no code of this project. */
export interface HandWork {
  /** The tree to copy, as an absolute path. */
  readonly tree: string
  /** The folder in the tree that contains the overlays. */
  readonly workspace: string
  /** The overlay's folder, relative to the workspace. */
  readonly overlay: string
  /** Another overlay, relative to the workspace, whose kustomization, patches and resources are copied into this one first. */
  readonly startsFrom?: string
  /** `<folder>/<file>` of each config, made from `../files/<file>` and `yq_scripts/<file>`; absent means none. */
  readonly configs?: readonly string[]
  /** Those of `configs` that were written by hand because their program cannot be installed: config path to source file. */
  readonly written?: Readonly<Record<string, string>>
  /** Files to write: path relative to the overlay, to content. */
  readonly files?: Readonly<Record<string, string>>
  /** Edits with `yq -i`, in order: a file relative to the overlay, and an expression that runs in the overlay's folder. */
  readonly edits?: readonly (readonly [file: string, expression: string])[]
}

export interface HandBuilt {
  /** The rendered configs by path, such as `config/config.yaml`. */
  readonly configs: ReadonlyMap<string, Buffer>
  /** The standard output of kustomize. */
  readonly manifests: Buffer
  readonly exitCode: number
  readonly stderr: string
}

/** Prepares a copy of a tree by hand, with stub secrets, and runs kustomize 4.5.4 on it. */
export async function prepareByHand(work: HandWork): Promise<HandBuilt> {
  const { overlay, configs, dispose } = await layByHand(work)
  try {
    const { stdout, stderr, exitCode } = await run(
      required(kustomize454(), 'kustomize'),
      ['build', overlay],
      overlay,
    )
    return { configs, manifests: stdout, exitCode, stderr: stderr.toString() }
  } finally {
    await dispose()
  }
}

/** A copy of a tree that is ready for kustomize; paths are absolute. */
export interface LaidByHand extends Pick<HandBuilt, 'configs'> {
  readonly workspace: string
  readonly overlay: string
  dispose(): Promise<void>
}

/** Prepares a copy of a tree by hand, with stub secrets. */
export async function layByHand(work: HandWork): Promise<LaidByHand> {
  const copy = await copyTree(work.tree)
  try {
    const workspace = join(copy.path, work.workspace)
    const overlay = join(workspace, work.overlay)
    if (work.startsFrom !== undefined) await startFrom(join(workspace, work.startsFrom), overlay)
    const configs = await renderConfigs(workspace, overlay, work)
    for (const [path, text] of Object.entries(work.files ?? {})) {
      await mkdir(dirname(join(overlay, path)), { recursive: true })
      await writeFile(join(overlay, path), text)
    }
    for (const [file, expression] of work.edits ?? []) await yq(['-i', expression, file], overlay)
    await writeStubSecrets(overlay)
    return { workspace, overlay, configs, dispose: async () => copy.dispose() }
  } catch (error) {
    await copy.dispose()
    throw error
  }
}

async function startFrom(parent: string, overlay: string): Promise<void> {
  await copyFile(join(parent, 'kustomization.yaml'), join(overlay, 'kustomization.yaml'))
  for (const name of ['patches', 'resources']) {
    if (existsSync(join(parent, name))) await cp(join(parent, name), join(overlay, name), { recursive: true })
  }
}

/** Renders each config as the shell script does: the output of its yq script, or an exact copy of the base. */
async function renderConfigs(
  workspace: string,
  overlay: string,
  { configs: files = [], written = {} }: HandWork,
): Promise<Map<string, Buffer>> {
  const configs = new Map<string, Buffer>()
  for (const file of files) {
    const base = join(workspace, '../files', basename(file))
    const script = join(overlay, 'yq_scripts', basename(file))
    const runsScript = existsSync(script) && written[file] === undefined
    const bytes = runsScript
      ? await yq(['--from-file', script, base], overlay)
      : await readFile(written[file] ?? base)
    const target = join(overlay, 'configs', file)
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, bytes)
    configs.set(file, bytes)
  }
  return configs
}

async function yq(args: readonly string[], cwd: string): Promise<Buffer> {
  const { stdout, stderr, exitCode } = await run(required(realYq(), 'yq'), args, cwd)
  if (exitCode !== 0) throw new Error(`yq ${args.join(' ')}: ${stderr.toString()}`)
  return stdout
}

interface Output {
  readonly stdout: Buffer
  readonly stderr: Buffer
  readonly exitCode: number
}

function run(file: string, args: readonly string[], cwd: string): Promise<Output> {
  return new Promise((done, fail) => {
    execFile(
      file,
      args,
      { cwd, env: {}, encoding: 'buffer', maxBuffer: 2 ** 28 },
      (error, stdout, stderr) => {
        if (error === null) done({ stdout, stderr, exitCode: 0 })
        else if (typeof error.code === 'number') done({ stdout, stderr, exitCode: error.code })
        else fail(error)
      },
    )
  })
}

function required(file: string | undefined, name: string): string {
  if (file === undefined) throw new Error(`${name} is not here: run \`pnpm oracles\``)
  return file
}
