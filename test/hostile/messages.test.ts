import { spawnSync } from 'node:child_process'
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { beforeAll, describe, expect, test } from 'vitest'

import { build } from '../../scripts/build.js'
import { skipReason } from '../support/needs.ts'
import { root } from '../support/oracles.ts'
import { layFiles, laySmallWorkspace, type SmallWorkspace } from './support/small-workspace.ts'

// Names, keys and values from an untrusted tree appear in messages and reports. They must not control a terminal, reorder a line or act
// as a command to the CI system that stores the log.

/** Parts of names; each one alone is an attack. */
const PAYLOADS: Readonly<Record<string, string>> = {
  'a GitHub command': '\n::error file=a::pwned',
  'a GitHub command after blanks': '\n  ::add-mask::a',
  'an Azure command': '##vso[task.setvariable variable=a]b',
  'an old GitHub command': '##[error]pwned',
  'a TeamCity command': "##teamcity[buildStatus text='a']",
  'a terminal sequence': '\u001b[2J\u001b]0;title\u0007',
  'a line drawn over': 'a\r\u001b[2Kfine',
  'a C1 control': '\u009b31m',
  'a bidi override': 'a\u202egnp.exe\u2066b\u2069',
}

const json = (text: string): string => JSON.stringify(text)

/** Where the payload is written, and the command whose message contains it. */
const PLACES: Readonly<
  Record<
    string,
    { readonly lay: (payload: string, at: SmallWorkspace) => void; readonly args: readonly string[] }
  >
> = {
  'an unknown key': {
    lay: (payload, { folder }) =>
      layFiles(folder, { 'overlay-render.yaml': `version: 1\n${json(payload)}: 1\n` }),
    args: ['render', 'x'],
  },
  'a pattern of overlays': {
    lay: (payload, { folder }) =>
      layFiles(folder, { 'overlay-render.yaml': `version: 1\noverlays: [${json(payload)}]\n` }),
    args: ['render', 'x'],
  },
  'an overlay': {
    lay: (payload, { folder }) =>
      renameSync(join(folder, 'overlays/x'), join(folder, 'overlays', nameOf(payload))),
    args: ['render', '--all'],
  },
  'the overlays of a hint': {
    lay: (payload, { folder }) => mkdirSync(join(folder, 'overlays', nameOf(payload))),
    args: ['render', 'nope'],
  },
  'an overlay with a golden': {
    lay: (payload, { folder }) =>
      layFiles(folder, { [`golden/${nameOf(payload).replaceAll(/\p{Cc}/gu, '')}.yaml`]: '' }),
    args: ['golden', 'check'],
  },
  'a patch script': {
    lay: (payload, { folder }) => layFiles(folder, { [`overlays/x/yq_scripts/${nameOf(payload)}.yaml`]: '' }),
    args: ['render', 'x'],
  },
  'the text of a script': {
    lay: (payload, { folder }) =>
      layFiles(folder, { 'overlays/x/yq_scripts/config.yaml': `.a = = ${payload}` }),
    args: ['render', 'x', '--verbose'],
  },
  'a base config': {
    lay: (payload, { folder }) =>
      layFiles(folder, { 'base/config.yaml': `${json(payload)}: 1\n${json(payload)}: 2\n` }),
    args: ['render', 'x'],
  },
  'a resource that is not there': {
    lay: (payload, { folder }) =>
      layFiles(folder, { 'overlays/x/kustomization.yaml': `resources: [${json(payload)}]\n` }),
    args: ['render', 'x', '--verbose'],
  },
  'a field of a kustomization': {
    lay: (payload, { folder }) =>
      layFiles(folder, { 'overlays/x/kustomization.yaml': `${json(payload)}: 1\n` }),
    args: ['render', 'x', '--verbose'],
  },
  'a link in an output': {
    lay: (payload, { folder }) => symlinkSync(nameOf(payload), join(folder, 'rendered')),
    args: ['render', 'x', '--configs-only'],
  },
  'an argument': { lay: () => undefined, args: ['PAYLOAD'] },
  'an argument of a command': { lay: () => undefined, args: ['render', 'PAYLOAD'] },
  'a name of a file': {
    lay: (payload, { folder }) => writeFileSync(join(folder, `${nameOf(payload)}.yaml`), 'a: 1\n'),
    args: ['diff', 'PAYLOAD.yaml', 'overlays/x/cm.yaml'],
  },
  ...Object.fromEntries(
    ['text', 'json', 'markdown', 'html', 'junit', 'json-patch'].map((format) => [
      `a resource, a key and a value as ${format}`,
      {
        lay: (payload: string, { folder }: SmallWorkspace) =>
          layFiles(folder, {
            'b.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${json(payload)}}\ndata: {${json(payload)}: ${json(payload)}, b: "1\\n${payload.replaceAll('\n', '\\n').replaceAll(/[^ -~]/gu, '')}\\n"}\n`,
          }),
        args: ['diff', 'overlays/x/cm.yaml', 'b.yaml', '--format', format],
      },
    ]),
  ),
}

const skip = skipReason('kustomize')
beforeAll(() => build({ force: false }))

const cases = Object.keys(PLACES).flatMap((place) =>
  Object.keys(PAYLOADS).map((payload) => ({ place, payload })),
)

describe.skipIf(skip !== '')(`messages${skip}`, () => {
  test.for(cases)('of $payload in $place', ({ place, payload }) => {
    const { lay, args } = PLACES[place] ?? { lay: () => undefined, args: [] }
    const text = PAYLOADS[payload] ?? ''
    const workspace = laySmallWorkspace()
    lay(text, workspace)
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [
        join(root, 'packages/cli/bin/overlay-render.js'),
        ...args.map((arg) => arg.replace('PAYLOAD', nameOf(text))),
      ],
      {
        cwd: workspace.folder,
        encoding: 'utf8',
        timeout: 30_000,
        env: {
          PATH: process.env['PATH'] ?? '',
          HOME: workspace.scratch,
          XDG_CACHE_HOME: join(workspace.scratch, 'cache'),
        },
      },
    )
    for (const output of [stdout, stderr]) {
      expect(output).not.toMatch(/^\s*::[\w-]+.*::/mu)
      expect(output).not.toMatch(/##(?:\[|vso\[|teamcity\[)/u)
      expect(output).not.toMatch(/(?!\n)[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u)
    }
    expect(stderr).not.toMatch(/overlay-render failed|^\s+at /mu)
    expect([0, 1, 2]).toContain(status)
    expect(() => (args.includes('json') && stdout !== '' ? JSON.parse(stdout) : undefined)).not.toThrow()
  })
})

/** The payload as a valid file name. */
function nameOf(payload: string): string {
  return `n${payload.replaceAll('/', '_')}`
}
