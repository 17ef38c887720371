import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

import { openWorkspace, type Workspace } from '@overlay-render/render'
import { makeTemporaryFolder } from '@overlay-render/system'
import { git, NO_CONFIGS, readKustomization, type ReplayResult, layStubs, settle } from './by-hand.ts'
import { replayRoots, treesOfRoots } from './replay-roots.ts'
import { spread } from './spread.ts'

/** The shell script that overlay-render replaces. Its folder is the workspace. */
const SCRIPT = 'render-environment-configs.sh'

export interface ReplayOptions {
  /** A clone, bare or not. */
  readonly clone: string
  /** The number of distinct trees to replay, spread evenly over the history. Defaults to all. */
  readonly sample: number | undefined
  /** Whether to build and compare manifests too. Configs alone are much faster. */
  readonly manifests: boolean
  /** The folder with the real tools. */
  readonly oracles: string
  readonly onResult: (result: ReplayResult) => void
}

interface Tree {
  readonly commit: string
  readonly date: string
  /** The workspace folder, relative to the top of the repository. */
  readonly workspace: string
}

/**
 * Replays the history of a repository: renders each overlay of each distinct tree and compares it with the
 * pipeline of that commit. If no commit has the script, the pipeline is `kustomize build` of each root.
 */
export async function replay({ clone, sample, manifests, oracles, onResult }: ReplayOptions): Promise<void> {
  const trees = distinctTrees(clone)
  for (const tree of spread(trees, sample ?? trees.length)) {
    for (const result of await replayTree(clone, tree, { manifests, oracles })) onResult(result)
  }
  if (trees.length > 0 || !manifests) return
  const roots = treesOfRoots(clone)
  for (const tree of spread(roots, sample ?? roots.length)) {
    for (const result of await replayRoots(clone, tree)) onResult(result)
  }
}

/** The commits that change the files of a deployment, oldest first. */
function distinctTrees(clone: string): Tree[] {
  const script = git(clone, ['log', '--format=', '--name-only', '--diff-filter=A', '--', `*/${SCRIPT}`])
  const trees: Tree[] = []
  for (const path of new Set(script.toString().split('\n').filter(Boolean))) {
    const workspace = dirname(path)
    const places = [workspace, `:(glob)${join(workspace, '../files/*.yaml')}`]
    const log = git(clone, ['log', '--reverse', '--format=%H %cs', '--', ...places]).toString()
    for (const line of log.split('\n').filter(Boolean)) {
      const [commit = '', date = ''] = line.split(' ')
      trees.push({ commit, date, workspace })
    }
  }
  return trees.filter(areThere(clone, trees))
}

/** Checks with one git process whether the script and the overlays of each tree exist. */
function areThere(clone: string, trees: readonly Tree[]): (tree: Tree, at: number) => boolean {
  const objects = trees.flatMap(({ commit, workspace }) => [
    `${commit}:${workspace}/${SCRIPT}`,
    `${commit}:${workspace}/overlays`,
  ])
  const { stdout } = spawnSync('git', ['-C', clone, 'cat-file', '--batch-check'], {
    input: objects.map((object) => `${object}\n`).join(''),
    maxBuffer: 2 ** 28,
    encoding: 'utf8',
  })
  const missing = stdout.split('\n').map((line) => line.endsWith(' missing'))
  return (_tree, at) => missing[2 * at] === false && missing[2 * at + 1] === false
}

interface Tools {
  readonly manifests: boolean
  readonly oracles: string
}

async function replayTree(clone: string, tree: Tree, tools: Tools): Promise<ReplayResult[]> {
  const folder = await makeTemporaryFolder('replay')
  try {
    const deploy = dirname(tree.workspace)
    const archive = git(clone, ['archive', tree.commit, '--', deploy, `:(exclude)${deploy}/files/jobs`])
    execFileSync('tar', ['-x', '-C', folder.path], { input: archive })
    const kustom = join(folder.path, tree.workspace)
    const era = eraOf(folder.path, tree, tools.oracles)
    layMissingResources(join(kustom, 'overlays'))
    const names = readdirSync(join(kustom, 'overlays')).sort()
    const workspace = await openWorkspace(kustom, { pin: era.pin, kustomize: era.program })
    const results: ReplayResult[] = []
    for (const overlay of names) {
      const result = await replayOverlay(workspace, overlay, era, tools)
      if (result !== undefined) results.push({ ...result, commit: tree.commit, date: tree.date, overlay })
    }
    return results
  } finally {
    await folder.dispose()
  }
}

/** The tools that deployed a tree. */
interface Era {
  /** The real yq that the tree's script calls. */
  readonly yq: string
  readonly pin: string
  readonly program: string
  readonly build: (overlay: string) => readonly string[]
}

function eraOf(top: string, { workspace }: Tree, oracles: string): Era {
  const script = readFileSync(join(top, workspace, SCRIPT), 'utf8')
  const tasks = join(top, dirname(workspace), 'tasks')
  const playbooks = existsSync(tasks)
    ? readdirSync(tasks)
        .map((name) => readFileSync(join(tasks, name), 'utf8'))
        .join('\n')
    : ''
  const yq = join(oracles, /yq\s+(?:w|write)\b|--script/u.test(script) ? 'yq3' : 'yq4')
  return /kubectl kustomize/u.test(playbooks)
    ? {
        yq,
        pin: 'kubectl:1.34.2',
        program: join(oracles, 'kubectl'),
        build: (overlay) => ['kustomize', overlay],
      }
    : { yq, pin: '3.8.7', program: join(oracles, 'kustomize3.8.7'), build: (overlay) => ['build', overlay] }
}

type Outcome = Pick<ReplayResult, 'configs' | 'manifests' | 'fault'>

async function replayOverlay(
  workspace: Workspace,
  name: string,
  era: Era,
  { manifests }: Tools,
): Promise<Outcome | undefined> {
  const overlay = join(workspace.folder, 'overlays', name)
  const ours = await settle(async () => (await workspace.renderConfigs(name, { secrets: 'stub' })).configs)
  const built = manifests ? await settle(() => workspace.render(name, { secrets: 'stub' })) : undefined
  if (!runScript(workspace.folder, name, era.yq)) return undefined
  if ('fault' in ours) return { configs: NO_CONFIGS, manifests: 'none', fault: ours.fault }
  const different = ours.value.filter(({ path, bytes }) => !equals(join(overlay, 'configs', path), bytes))
  const configs = { same: ours.value.length - different.length, different: different.map(({ path }) => path) }
  if (built === undefined || !existsSync(join(overlay, 'kustomization.yaml')))
    return { configs, manifests: 'none' }
  layStubs(overlay)
  const { status, stdout } = spawnSync(era.program, era.build(overlay), { env: {}, maxBuffer: 2 ** 28 })
  if (status !== 0) return { configs, manifests: 'none' }
  if ('fault' in built) return { configs, manifests: 'different', fault: built.fault }
  return { configs, manifests: stdout.equals(built.value.manifests) ? 'same' : 'different' }
}

function equals(file: string, bytes: Uint8Array): boolean {
  return existsSync(file) && readFileSync(file).equals(bytes)
}

/**
 * Runs the tree's own script with the real yq. Returns false when the script fails: then there is nothing to
 * compare.
 */
function runScript(kustom: string, overlay: string, yq: string): boolean {
  const bin = join(kustom, '.bin')
  rmSync(bin, { recursive: true, force: true })
  mkdirSync(bin)
  symlinkSync(yq, join(bin, 'yq'))
  // Old scripts contain a fixed path to yq.
  const script = readFileSync(join(kustom, SCRIPT), 'utf8').replace(/^YQ_BIN=.*$/mu, `YQ_BIN='${yq}'`)
  const env = { PATH: `${bin}:/usr/bin:/bin` }
  return spawnSync('bash', ['-s', overlay], { cwd: kustom, env, input: script }).status === 0
}

/**
 * Creates placeholders for the resources that playbooks generate from templates. Any object works, since both
 * builds read the same one.
 */
function layMissingResources(overlays: string): void {
  for (const folder of readdirSync(overlays).map((name) => join(overlays, name))) {
    for (const path of readKustomization(folder).resources ?? []) {
      const file = resolve(folder, path)
      if (existsSync(file) || !/\.ya?ml$/u.test(path)) continue
      mkdirSync(dirname(file), { recursive: true })
      const name = basename(path)
        .replace(/\.ya?ml$/u, '')
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/gu, '-')
      writeFileSync(file, `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: replayed-${name}\n`)
    }
  }
}
