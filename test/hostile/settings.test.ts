import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { beforeAll, describe, expect, test } from 'vitest'

import { KUSTOMIZATION_FIELDS } from '../../packages/kustomize/src/graph/kustomization-fields.ts'
import { build } from '../../scripts/build.js'
import { skipReason } from '../support/needs.ts'
import { root } from '../support/oracles.ts'
import { type JsonSchema, textsOfSchema, textsOfShape, type WithText } from './support/every-text.ts'
import { layFiles, laySmallWorkspace, giveTo, type SmallWorkspace } from './support/small-workspace.ts'
import { straceSkip, traceCommand } from './support/trace-command.ts'

// Each text in a configuration or a kustomization is replaced in turn by a path that an untrusted change must not read. The texts come
// from the schema and from the table of fields, so new settings are covered automatically.

const SCHEMA = 'packages/render/schema/overlay-render.schema.json'
const schema: JsonSchema = JSON.parse(readFileSync(join(root, SCHEMA), 'utf8'))

interface Holder {
  readonly file: string
  readonly texts: readonly WithText[]
  /** The other content of the file. */
  readonly besides: object
}

const HOLDERS: readonly Holder[] = [
  {
    file: 'overlay-render.yaml',
    texts: textsOfSchema(schema),
    besides: { version: 1, configs: { base: 'base', files: ['config.yaml'], allow: ['load', 'env'] } },
  },
  {
    file: 'overlays/x/kustomization.yaml',
    texts: textsOfShape({ fields: KUSTOMIZATION_FIELDS }),
    besides: { resources: ['cm.yaml'] },
  },
]

/** Paths that must not be read: relative to the workspace, relative to the overlay, and absolute. */
const TARGETS: readonly ((workspace: SmallWorkspace) => string)[] = [
  () => 'overlays/x/secrets/token',
  () => 'overlays/x/secrets',
  () => 'secrets/token',
  () => 'secrets',
  () => '../foreign',
  () => '../../../foreign/x.yaml',
  ({ foreign }) => foreign,
  ({ folder }) => join(folder, 'overlays/x/secrets/token'),
]

/** File names that a command could look for in a folder. */
const NAMES = ['x.yaml', 'kustomization.yaml', 'config.yaml', 'x/n/ConfigMap_a.yaml', 'token', 'env']
const CANARY = 'c4n4ry5e1ngsh0wn'
const MANIFEST = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: n}\ndata: {a: ${CANARY}}\n`

const COMMANDS: readonly (readonly string[])[] = [
  ['golden', 'check', '--verbose'],
  ['render', 'x', '--secrets', 'stub', '--stdout'],
  ['review', '--base', 'HEAD~1', '--report', 'html=reports/r.html'],
  ['diff', 'golden:x', 'x', '--format', 'json'],
  ['check', '--format', 'sarif'],
  ['plan', 'x'],
  ['golden', 'update'],
  ['jobs', 'check'],
  ['affected', '--base', 'HEAD~1', '--json'],
  ['explain', 'x', 'ConfigMap/a'],
  ['inventory'],
  ['kubeconfig', 'check'],
]

const skip = skipReason('kustomize') + straceSkip()
const isAll = process.env['OVERLAY_RENDER_HOSTILE'] === 'all'
const NOBODY = 65534
const isRoot = process.getuid?.() === 0

beforeAll(() => build({ force: false }))

// OVERLAY_RENDER_HOSTILE=all: each text with two targets. Otherwise a quarter of the texts with one target. Both change every hour.
const hour = Math.floor(Date.now() / 3_600_000)
const cases = HOLDERS.flatMap(({ file, texts, besides }) =>
  texts.flatMap(({ place, make }, at) =>
    TARGETS.map((target, index) => ({ file, place, make, besides, target, at: at + index })).filter(
      ({ at: turn }) => (turn - hour) % (isAll ? TARGETS.length / 2 : TARGETS.length * 4) === 0,
    ),
  ),
)

describe.skipIf(skip !== '')(`a path out of the tracked files${skip}`, () => {
  test.for(cases)(
    'in $place of $file, case $at, is neither read nor shown',
    ({ file, make, besides, target, at }) => {
      const workspace = laySmallWorkspace()
      const made = make(target(workspace))
      lay(workspace, { [file]: JSON.stringify({ ...besides, ...(made instanceof Object ? made : {}) }) })
      const uid = isRoot && at % 2 === 0 ? NOBODY : undefined
      if (uid !== undefined) giveTo(workspace.top, uid)
      const command = COMMANDS[(at + hour) % COMMANDS.length] ?? []
      const { reads, stdout, stderr, status } = traceCommand(command, workspace, { uid })
      expect(reads.filter((path) => isHidden(path, workspace))).toEqual([])
      expect(stdout + stderr).not.toContain(CANARY)
      expect(stdout + stderr).not.toContain(Buffer.from(CANARY).toString('base64').slice(0, -4))
      expect(stderr).not.toMatch(/overlay-render failed|^\s+at /mu)
      expect(status).toBeLessThan(3)
    },
  )

  test('is read where it is tracked', () => {
    const workspace = laySmallWorkspace()
    const golden = {
      'overlay-render.yaml':
        'version: 1\nconfigs: {base: base, files: [config.yaml]}\ngolden: {path: overlays/x/open}\n',
    }
    lay(workspace, { ...golden, 'overlays/x/open/x.yaml': MANIFEST })
    const { stdout, stderr } = traceCommand(['golden', 'check'], workspace)
    expect(stdout + stderr).toContain(CANARY)
  })
})

function lay({ folder, foreign }: SmallWorkspace, files: Readonly<Record<string, string>>): void {
  const git = (...args: string[]): void => {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'core.hooksPath=/dev/null']
    execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'pipe' })
  }
  layFiles(folder, { '.gitignore': 'secrets/\n' })
  git('add', '--all')
  git('commit', '--quiet', '-m', 'before')
  const secret = Object.fromEntries(NAMES.map((name) => [name, MANIFEST]))
  layFiles(join(folder, 'overlays/x/secrets'), secret)
  layFiles(foreign, secret)
  layFiles(folder, files)
  git('add', '--all')
  git('commit', '--quiet', '-m', 'attack')
}

function isHidden(path: string, { folder, foreign }: SmallWorkspace): boolean {
  return path.startsWith(join(folder, 'overlays/x/secrets/')) || path.startsWith(`${foreign}/`)
}
