import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'

import { beforeAll, describe, expect, test } from 'vitest'

import { build } from '../../scripts/build.js'
import { skipReason } from '../support/needs.ts'
import { giveTo, laySmallWorkspace, type SmallWorkspace, type Uid } from './support/small-workspace.ts'
import { strayWrites } from './support/strays.ts'
import { straceSkip, traceCommand } from './support/trace-command.ts'

// A pull request can create a link at any path. No command writes through one, and nothing changes outside the workspace, the temporary
// folder and the cache. Checked with strace and by comparing the files.

interface Writer {
  readonly args: readonly string[]
  /** Every path, relative to the workspace, where a link can block an output. */
  readonly outputs: readonly string[]
  /** Text to append to the configuration. */
  readonly config?: string
}

const renders = (folder: string): string[] => [
  folder,
  `${folder}/x`,
  `${folder}/x/manifests.yaml`,
  `${folder}/x/configs`,
  `${folder}/x/configs/config`,
  `${folder}/x/configs/config/config.yaml`,
  `${folder}/x/.overlay-render-output`,
]

const WRITERS: Readonly<Record<string, Writer>> = {
  render: { args: ['render', 'x'], outputs: [...renders('rendered'), 'rendered/.gitignore'] },
  'render --configs-only': {
    args: ['render', 'x', '--configs-only'],
    outputs: renders('rendered').filter((path) => !path.endsWith('manifests.yaml')),
  },
  'render --out': { args: ['render', 'x', '--out', 'deep/out'], outputs: ['deep', ...renders('deep/out')] },
  'render --in-place': {
    args: ['render', 'x', '--configs-only', '--in-place'],
    outputs: ['overlays/x/configs', 'overlays/x/configs/config', 'overlays/x/configs/config/config.yaml'],
  },
  'golden update': { args: ['golden', 'update'], outputs: ['golden', 'golden/x.yaml'] },
  'golden update, one file a resource': {
    args: ['golden', 'update'],
    config: 'golden: {layout: resources}\n',
    outputs: ['golden', 'golden/x', 'golden/x/n', 'golden/x/n/ConfigMap_a.yaml'],
  },
  'golden check --report': {
    args: ['golden', 'check', '--report', 'html=reports/r.html'],
    outputs: ['reports', 'reports/r.html'],
  },
  'diff --report': {
    args: ['diff', 'x', 'x', '--report', 'junit=reports/r.xml'],
    outputs: ['reports', 'reports/r.xml'],
  },
  'diff of files --report': {
    args: ['diff', 'overlays/x/cm.yaml', 'overlays/x/cm.yaml', '--report', 'json=reports/r.json'],
    outputs: ['reports', 'reports/r.json'],
  },
  'kustomize install': { args: ['kustomize', 'install'], outputs: ['overlay-render.lock'] },
  'yq --split-exp': { args: ['yq', '-s', '.name', 'names.yaml'], outputs: ['split', 'split/one.yml'] },
}

const NOBODY = 65534
const USERS: readonly { readonly user: string; readonly uid: Uid; readonly offset: number }[] =
  process.getuid?.() === 0
    ? [
        { user: 'root', uid: undefined, offset: 0 },
        { user: 'an ordinary user', uid: NOBODY, offset: 1 },
      ]
    : [{ user: 'an ordinary user', uid: undefined, offset: 0 }]

/** Link targets: an existing file or folder outside the workspace, a missing one, and a file or folder inside. */
const TARGETS: Readonly<Record<string, (workspace: SmallWorkspace) => string>> = {
  'a file outside': ({ foreign }) => join(foreign, 'file.yaml'),
  'a folder outside': ({ foreign }) => join(foreign, 'folder'),
  'nothing outside': ({ foreign }) => join(foreign, 'new'),
  'a file inside': ({ folder }) => join(folder, 'base/config.yaml'),
  'a folder inside': ({ folder }) => join(folder, 'base'),
}

const REFUSALS =
  /^(?:error|Error): .*(?:is a link|outside the tree|cannot (?:be )?read|does not exist|is not what|was changed by hand|does not match|is reached through a link)/mu

const skip = skipReason('kustomize') + straceSkip()

beforeAll(() => build({ force: false }))

describe.skipIf(skip !== '').for(USERS)(`as $user${skip}`, ({ uid, offset }) => {
  test.for(Object.keys(WRITERS))('%s writes nothing but its outputs', (name) => {
    const writer = writerOf(name)
    const workspace = layFor(writer, uid)
    const { writes } = traceCommand(writer.args, workspace, { uid })
    expect(strayWrites(writes, writer.outputs, workspace)).toEqual([])
    expect(writes.some((path) => path.startsWith(`${workspace.folder}/`))).toBe(true)
  })

  const cases = Object.entries(WRITERS).flatMap(([name, { outputs }]) =>
    outputs.map((output, index) => ({ name, output, target: nth(Object.keys(TARGETS), index + offset) })),
  )
  test.for(cases)('$name with a link to $target at $output', ({ name, output, target }) => {
    const writer = writerOf(name)
    const workspace = layFor(writer, uid)
    const path = addLink(workspace, output, TARGETS[target]?.(workspace) ?? '', uid)
    const before = snapshot(workspace.top)
    const { status, stderr, writes } = traceCommand(writer.args, workspace, { uid })
    // Either the link itself is refused, or its target could not be read. The .gitignore has a second place, so the command may succeed.
    const isRefused = REFUSALS.test(stderr) && status !== 0
    expect(isRefused || (output.endsWith('.gitignore') && status === 0) ? '' : stderr).toBe('')
    expect(status).not.toBe(3)
    expect(strayWrites(writes, writer.outputs, workspace)).toEqual([])
    const after = snapshot(workspace.top)
    for (const [at, content] of before) expect({ at, content: after.get(at) }).toEqual({ at, content })
    expect(lstatSync(path).isSymbolicLink()).toBe(true)
    expect(readdirSync(workspace.foreign).sort()).toEqual(['file.yaml', 'folder'])
  })
})

function writerOf(name: string): Writer {
  const writer = WRITERS[name]
  if (writer === undefined) throw new Error(`no writer ${name}`)
  return writer
}

function nth<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length]
  if (item === undefined) throw new Error('an empty list')
  return item
}

function layFor({ config }: Writer, uid: Uid): SmallWorkspace {
  const workspace = laySmallWorkspace(uid)
  if (config !== undefined) {
    const path = join(workspace.folder, 'overlay-render.yaml')
    writeFileSync(path, readFileSync(path, 'utf8') + config)
  }
  return workspace
}

/** Creates the link as a checkout would: it replaces any existing file or folder. */
function addLink({ folder }: SmallWorkspace, output: string, target: string, uid: Uid): string {
  const path = join(folder, output)
  mkdirSync(dirname(path), { recursive: true, mode: 0o777 })
  rmSync(path, { recursive: true, force: true })
  symlinkSync(target, path)
  if (uid !== undefined) giveTo(folder, uid)
  return path
}

/** The content and modification time of every file below a folder, except the files that the command may create. */
function snapshot(top: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const entry of readdirSync(top, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const name = relative(top, path)
    if (/^(?:scratch|trace)(?:\/|$)/u.test(name) || !existsSync(path)) continue
    if (entry.isFile()) found.set(path, `${lstatSync(path).mtimeMs} ${readFileSync(path, 'latin1')}`)
  }
  return found
}
