import { join } from 'node:path'

import { beforeAll, describe, expect, test } from 'vitest'

import { build } from '../../scripts/build.js'
import { skipReason } from '../support/needs.ts'
import { giveTo, laySmallWorkspace, type SmallWorkspace, type Uid } from './support/small-workspace.ts'
import { isUntracked, layUntracked } from './support/strays.ts'
import { straceSkip, traceCommand } from './support/trace-command.ts'

// With stub secrets, no command opens a file that git does not track, whatever it would do with the content. strace records the reads.

/** Ways to write a path, relative to the overlay. */
const SPELLINGS: Readonly<Record<string, (workspace: SmallWorkspace) => string>> = {
  'an ignored file': () => 'secrets/token',
  'an ignored file by way of the overlay': () => './/../x/./secrets/../secrets//token',
  'an ignored file through the current folder of the process': () =>
    '../../../../../../../proc/self/cwd/overlays/x/secrets/token',
  'an absolute path to an ignored file': ({ folder }) => join(folder, 'overlays/x/secrets/token'),
  'a link to a link to an ignored file': () => 'link-to-link',
  'a link to the folder above it': () => 'link-up/x/secrets/token',
  'a link that is absolute': () => 'link-absolute',
  'a file of another folder': () => '../../../foreign/file.yaml',
  'a link to a file of another folder': () => 'link-out',
  'a file of the home folder': () => '../../../scratch/.docker/config.json',
  'the environment of the process': () => '../../../../../../../proc/self/environ',
  'a repository in the tree': () => 'nested/token',
}

/** The files that a pull request can contain to make a command read a path. */
type Payload = (path: string) => Readonly<Record<string, string>>

const settings = (text: string): Record<string, string> => ({
  'overlay-render.yaml': `version: 1\nconfigs: {base: base, files: [config.yaml], allow: [load, env]}\nsettings: {x: {${text}}}\n`,
})
const kustomization = (line: string): Record<string, string> => ({
  'overlays/x/kustomization.yaml': `resources: [cm.yaml]\n${line}\n`,
})
const quoted = (text: string): string => JSON.stringify(text)

const PAYLOADS: Readonly<Record<string, Payload>> = {
  'a patch script': (path) => ({ 'overlays/x/yq_scripts/config.yaml': `.a = load_str(${quoted(path)})\n` }),
  'a patch script that picks the file at run time': (path) => ({
    'overlays/x/yq_scripts/config.yaml': `.a = ([${[...path].map(quoted).join(',')}] | join("") | load_str(.))\n`,
  }),
  'an edit': (path) =>
    settings(`edits: [{file: cm.yaml, expression: '.data.a = load_props(${quoted(path)}).x'}]`),
  'a file to edit': (path) => settings(`edits: [{file: ${quoted(path)}, expression: .}]`),
  'a template': (path) => settings(`templates: [{from: ${quoted(`overlays/x/${path}`)}, to: made.yaml}]`),
  'a value': (path) =>
    settings(
      `values: {v: {file: ${quoted(`overlays/x/${path}`)}, key: .a}}, templates: [{text: "{{ v }}", to: made.yaml}]`,
    ),
  'an assertion about it': (path) => ({
    'overlay-render.yaml': `version: 1\nassert: [{name: a, over: manifests, expression: 'load_str(${quoted(path)}) == ""', message: m}]\n`,
  }),
  transformers: (path) => kustomization(`transformers: [${quoted(path)}]`),
  validators: (path) => kustomization(`validators: [${quoted(path)}]`),
  replacements: (path) => kustomization(`replacements: [{path: ${quoted(path)}}]`),
  openapi: (path) => kustomization(`openapi: {path: ${quoted(path)}}`),
  'a patch': (path) => kustomization(`patchesStrategicMerge: [${quoted(path)}]`),
  'a base': (path) => kustomization(`bases: [${quoted(path)}]`),
  'a file of a Secret': (path) => kustomization(`secretGenerator: [{name: s, files: [${quoted(path)}]}]`),
  'an env file of a Secret': (path) => kustomization(`secretGenerator: [{name: s, env: ${quoted(path)}}]`),
  'values of a chart': (path) =>
    kustomization(`helmCharts: [{name: c, repo: "https://example.com", valuesFile: ${quoted(path)}}]`),
  'the jobs of Prow': (path) => ({
    'overlay-render.yaml': `version: 1\nprow: {config: ${quoted(`overlays/x/${path}`)}, plugins: ${quoted(`overlays/x/${path}`)}, jobs: [${quoted(`overlays/x/${path}`)}]}\n`,
  }),
}

/** Commands meant for untrusted code. */
const COMMANDS: readonly (readonly string[])[] = [
  ['render', 'x', '--secrets', 'stub'],
  ['golden', 'update'],
  ['golden', 'check', 'x'],
  ['diff', 'HEAD:x', 'x'],
  ['review', '--base', 'HEAD'],
  ['affected', '--base', 'HEAD'],
  ['check'],
  ['explain', 'x', 'ConfigMap/a'],
  ['jobs', 'diff', 'HEAD', 'x'],
  ['jobs', 'check'],
  ['vendor', 'check'],
  ['secrets', 'x'],
  ['plan', 'x'],
  ['inventory'],
]

const NOBODY = 65534
const USERS: readonly { readonly user: string; readonly uid: Uid }[] =
  process.getuid?.() === 0
    ? [
        { user: 'root', uid: undefined },
        { user: 'an ordinary user', uid: NOBODY },
      ]
    : [{ user: 'an ordinary user', uid: undefined }]

const skip = skipReason('kustomize') + straceSkip()
const isAll = process.env['OVERLAY_RENDER_HOSTILE'] === 'all'

beforeAll(() => build({ force: false }))

/** OVERLAY_RENDER_HOSTILE=all: each payload with each spelling. Otherwise each payload once; spelling and command change every hour. */
const hour = Math.floor(Date.now() / 3_600_000)
const cases = Object.keys(PAYLOADS).flatMap((payload, at) => {
  const spellings = Object.keys(SPELLINGS)
  const chosen = isAll ? spellings : [spellings[(at + hour) % spellings.length] ?? '']
  return chosen.map((spelling, index) => ({
    payload,
    spelling,
    command: COMMANDS[(at * 5 + index + hour) % COMMANDS.length] ?? [],
  }))
})

describe.skipIf(skip !== '').for(USERS)(`as $user${skip}`, ({ uid }) => {
  test.for(cases)('$command opens nothing that git does not track: $payload, $spelling', (each) => {
    const workspace = laySmallWorkspace(undefined)
    layUntracked(workspace, PAYLOADS[each.payload]?.(SPELLINGS[each.spelling]?.(workspace) ?? '') ?? {})
    if (uid !== undefined) giveTo(workspace.top, uid)
    const { reads, stderr, status } = traceCommand(each.command, workspace, { uid })
    expect(reads.filter((path) => isUntracked(path, workspace))).toEqual([])
    expect(stderr).not.toMatch(/fault of the program|^\s+at /mu)
    expect(status).toBeLessThan(3)
  })

  test('the trace sees reads: with real secrets the files are read', () => {
    const workspace = laySmallWorkspace(undefined)
    layUntracked(workspace, PAYLOADS['an edit']?.('secrets/token') ?? {})
    if (uid !== undefined) giveTo(workspace.top, uid)
    const { reads } = traceCommand(['render', 'x', '--secrets', 'real'], workspace, { uid })
    expect(reads.filter((path) => isUntracked(path, workspace))).toEqual([
      join(workspace.folder, 'overlays/x/secrets/token'),
    ])
  })
})
