import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import type { TemporaryFolder } from '@overlay-render/system'

import { type CommandResult, runCommand } from '../support/command.ts'
import { copyTree } from '../support/copy-tree.ts'
import { root } from '../support/oracles.ts'

// User errors: one sentence with the position, a hint, exit status 2, and nothing written.

let tree: TemporaryFolder
let kustom: string

beforeEach(async () => {
  tree = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
  kustom = join(tree.path, 'prow-deploy/kustom')
  // Someone may have rendered the demo in place.
  rmSync(join(kustom, 'rendered'), { recursive: true, force: true })
})
afterEach(() => tree.dispose())

const at = (path: string): string => join(kustom, path)
const write = (path: string, text: string | Uint8Array): void => writeFileSync(at(path), text)
const replace = (path: string, text: string | Uint8Array): void => {
  rmSync(at(path), { force: true })
  write(path, text)
}
const base = (name: string): string => `../files/${name}`
const script = 'overlays/testing/yq_scripts/config.yaml'
const kustomization = 'overlays/workloads/kustomization.yaml'

interface Case {
  readonly name: string
  readonly spoil: () => void
  readonly overlay?: string
  readonly flags?: readonly string[]
  readonly says: readonly RegExp[]
}

/** A file with unresolved merge conflict markers. */
const MERGED = 'a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n'

const cases: readonly Case[] = [
  {
    name: 'an unknown overlay',
    spoil: () => undefined,
    overlay: 'tesing',
    says: [/there is no overlay tesing/, /did you mean testing\?/],
  },
  {
    name: 'a missing base config',
    spoil: () => unlinkSync(at(base('labels.yaml'))),
    says: [/base config \.\.\/files\/labels\.yaml does not exist/, /configs\.files/],
  },
  {
    name: 'a base config that is a folder',
    spoil: () => {
      unlinkSync(at(base('labels.yaml')))
      mkdirSync(at(base('labels.yaml')))
    },
    says: [/base config \.\.\/files\/labels\.yaml is not a file/],
  },
  {
    name: 'a patch script that is a folder',
    spoil: () => {
      unlinkSync(at(script))
      mkdirSync(at(script))
    },
    says: [/patch script overlays\/testing\/yq_scripts\/config\.yaml is not a file/],
  },
  {
    name: 'a base config that is not YAML',
    spoil: () => replace(base('labels.yaml'), 'a: [1\nb: 2\n'),
    says: [/\.\.\/files\/labels\.yaml:2:\d+/, /not valid YAML/, /\^/],
  },
  {
    name: 'a base config with two documents',
    spoil: () => replace(base('labels.yaml'), 'a: 1\n---\nb: 2\n'),
    says: [/labels\.yaml:3:1/, /2 documents/],
  },
  {
    name: 'a duplicate key',
    spoil: () => replace(base('labels.yaml'), 'a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n'),
    says: [/labels\.yaml:5:3/, /duplicate key c in a map.*line 3/],
  },
  {
    name: 'a tab',
    spoil: () => replace(base('labels.yaml'), 'a:\n\tb: 1\n'),
    says: [/labels\.yaml:2/, /not valid YAML/],
  },
  {
    name: 'an empty base config',
    spoil: () => replace(base('labels.yaml'), ''),
    says: [/labels\.yaml is empty/, /write \{\}/],
  },
  {
    name: 'a syntax error in a script',
    spoil: () => write(script, '.plank.a = "x"\n| .deck.b = = 1\n'),
    says: [/yq_scripts\/config\.yaml:2:\d+/, /\| \.deck\.b = = 1/, /\^/],
  },
  {
    name: 'a script of an unknown dialect',
    spoil: () => write(script, '- set: a.b\n  to: c\n'),
    says: [/yq_scripts\/config\.yaml:1:1/, /neither a yq 3 script nor a JSON Patch/],
  },
  {
    name: 'a script that assigns into a scalar',
    spoil: () => write(script, '.log_level.deep = 1\n'),
    says: [/yq_scripts\/config\.yaml:1:\d+/, /log_level/],
  },
  {
    name: 'a script that reads the environment',
    spoil: () => write(script, '.a = env(HOME)\n'),
    says: [/yq_scripts\/config\.yaml:1/, /env/, /allow/],
  },
  {
    name: 'a script that loads a file',
    spoil: () => write(script, '.a = load("/etc/hostname")\n'),
    says: [/yq_scripts\/config\.yaml:1/, /load/],
  },
  {
    name: 'no kustomization',
    spoil: () => unlinkSync(at(kustomization)),
    overlay: 'workloads',
    says: [/overlays\/workloads/, /kustomization/],
  },
  {
    name: 'two kustomizations',
    spoil: () => write('overlays/workloads/Kustomization', ''),
    overlay: 'workloads',
    says: [/Kustomization/, /kustomization\.yaml/],
  },
  {
    name: 'a kustomization that is not YAML',
    spoil: () => write(kustomization, 'resources: [\n'),
    overlay: 'workloads',
    says: [/overlays\/workloads\/kustomization\.yaml:\d+:\d+/],
  },
  {
    name: 'a duplicate key in a kustomization',
    spoil: () => appendFileSync(at(kustomization), '\nresources: []\n'),
    overlay: 'workloads',
    says: [/kustomization\.yaml:\d+:\d+/, /resources/],
  },
  {
    name: 'an unknown key in a kustomization',
    spoil: () => appendFileSync(at(kustomization), '\nresorces: []\n'),
    overlay: 'workloads',
    says: [/kustomization\.yaml:\d+:\d+/, /resorces/, /resources/],
  },
  {
    name: 'an absolute path',
    spoil: () => write(kustomization, 'resources: [/etc/hostname]\n'),
    overlay: 'workloads',
    says: [/kustomization\.yaml:1:\d+/, /\/etc\/hostname/, /relative/],
  },
  {
    name: 'a link that leaves its folder',
    spoil: () => {
      symlinkSync('/etc/hostname', at('overlays/workloads/leak.yaml'))
      write(kustomization, 'configMapGenerator: [{name: a, files: [leak.yaml]}]\n')
    },
    overlay: 'workloads',
    says: [/kustomization\.yaml:1:\d+/, /leak\.yaml/],
  },
  {
    name: 'a component listed as a resource',
    spoil: () => {
      mkdirSync(at('components/own'))
      write(
        'components/own/kustomization.yaml',
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
      )
      write(kustomization, 'resources: [../../components/own]\n')
    },
    overlay: 'workloads',
    says: [/kustomization\.yaml:1:\d+/, /components/],
  },
  {
    name: 'a URL and a git remote',
    spoil: () =>
      write(kustomization, 'resources:\n- https://example.com/a.yaml\n- github.com/org/repo?ref=x\n'),
    overlay: 'workloads',
    says: [/kustomization\.yaml:2:\d+/, /kustomization\.yaml:3:\d+/, /network/],
  },
  {
    name: 'a patch without a target',
    spoil: () =>
      write(
        kustomization,
        'resources: [resources/bootstrap.yaml]\npatches: [{patch: "- {op: replace, path: /spec/nope/deep, value: 1}", target: {kind: Namespace}}]\n',
      ),
    overlay: 'workloads',
    says: [/overlays\/workloads/],
  },
  {
    name: 'a pin that nobody has',
    spoil: () => write('overlay-render.yaml', 'version: 1\nkustomize: {version: 4.9.9}\n'),
    overlay: 'workloads',
    flags: ['--secrets', 'stub'],
    says: [/4\.9\.9/, /tried/],
  },
  {
    name: 'a pin that is a range',
    spoil: () => write('overlay-render.yaml', 'version: 1\nkustomize: {version: ^4.5.0}\n'),
    says: [/overlay-render\.yaml:2:\d+/, /must be an exact version such as 4\.5\.4, not "/],
  },
  {
    name: 'missing secrets',
    spoil: () => undefined,
    overlay: 'workloads',
    flags: ['--secrets', 'real'],
    says: [/secret files? of overlay workloads (is|are) missing|environment variable/],
  },
  {
    name: 'extends in a circle',
    spoil: () =>
      write(
        'overlay-render.yaml',
        'version: 1\nsettings: {testing: {extends: workloads}, workloads: {extends: testing}}\n',
      ),
    says: [/overlay-render\.yaml:2:\d+/, /testing -> workloads -> testing/],
  },
  {
    name: 'an undefined value',
    spoil: () =>
      write(
        'overlay-render.yaml',
        'version: 1\nsettings: {workloads: {templates: [{text: "{{ nope }}", to: x}]}}\n',
      ),
    overlay: 'workloads',
    says: [/nope, which is not defined/],
  },
  {
    name: 'output to two places',
    spoil: () => undefined,
    flags: ['--stdout', '--out', 'out'],
    says: [/--stdout.*cannot be used with.*--out/],
  },
  {
    name: 'manifests of configs only',
    spoil: () => undefined,
    flags: ['--configs-only', '--stdout'],
    says: [/--stdout.*cannot be used with.*--configs-only/],
  },
  {
    name: 'a pattern of overlays that matches nothing',
    spoil: () => write('overlay-render.yaml', 'version: 1\noverlays:\n- overlay/*\n'),
    says: [
      /overlay-render\.yaml:3:3/,
      /overlay\/\* in overlays matches no folder/,
      /did you mean overlays\/\*\?/,
    ],
  },
  {
    name: 'a patch script that no config is named like',
    spoil: () => renameSync(at(script), at('overlays/testing/yq_scripts/confg.yaml')),
    says: [
      /yq_scripts\/confg\.yaml:1:1: no config has the name of the patch script/,
      /did you mean config\.yaml\?/,
    ],
  },
  {
    name: 'patch scripts without a folder of base configs',
    spoil: () => {
      rmSync(at('../files'), { recursive: true })
      rmSync(at('overlay-render.yaml'), { force: true })
    },
    says: [/the folder of base configs, \.\.\/files, does not exist/, /configs\.base/],
  },
  {
    name: 'patch scripts whose folder of base configs is a link to nothing',
    spoil: () => {
      rmSync(at('../files'), { recursive: true })
      rmSync(at('overlay-render.yaml'), { force: true })
      symlinkSync('gone', at('../files'))
    },
    says: [/the folder of base configs, \.\.\/files, does not exist/, /configs\.base/],
  },
  {
    name: 'a resource without a kind',
    spoil: () => {
      write('overlays/workloads/bad.yaml', 'apiVersion: v1\nmetadata: {name: a}\n')
      write(kustomization, 'resources: [bad.yaml]\n')
    },
    overlay: 'workloads',
    says: [/workloads\/bad\.yaml:1:1: this resource has no kind/, /apiVersion, kind and metadata\.name/],
  },
  {
    name: 'a resource in Latin-1',
    spoil: () => {
      write(
        'overlays/workloads/bad.yaml',
        Buffer.from(
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\ndata: {a: "caf\u00e9"}\n',
          'latin1',
        ),
      )
      write(kustomization, 'resources: [bad.yaml]\n')
    },
    overlay: 'workloads',
    says: [/workloads\/bad\.yaml:4:\d+: this file is not UTF-8 text/, /save it as UTF-8/],
  },
  {
    name: 'a NUL in a resource',
    spoil: () => {
      write(
        'overlays/workloads/bad.yaml',
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\ndata: {a: "b\0"}\n',
      )
      write(kustomization, 'resources: [bad.yaml]\n')
    },
    overlay: 'workloads',
    says: [/workloads\/bad\.yaml:4:\d+: this file contains a NUL character/, /remove it/],
  },
  {
    name: 'a merge that left its markers in a resource',
    spoil: () => {
      write(
        'overlays/workloads/bad.yaml',
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n',
      )
      write(kustomization, 'resources: [bad.yaml]\n')
    },
    overlay: 'workloads',
    says: [/workloads\/bad\.yaml:4:1: this file still has the conflict markers/, /keep one side/],
  },
  ...(
    [
      ['a patch', 'patches: [{path: p.yaml, target: {kind: Namespace}}]'],
      ['a configuration of kustomize', 'configurations: [p.yaml]'],
      ['a replacement', 'replacements: [{path: p.yaml}]'],
      ['a CRD', 'crds: [p.yaml]'],
    ] as const
  ).map(([what, line]): Case => ({
    name: `a merge that left its markers in ${what}`,
    spoil: () => {
      write('overlays/workloads/p.yaml', MERGED)
      write(kustomization, `resources: [resources/bootstrap.yaml]\n${line}\n`)
    },
    overlay: 'workloads',
    says: [
      /workloads\/p\.yaml:2:1: this file still has the conflict markers of a merge/,
      /keep one side, and remove the markers/,
    ],
  })),
  ...(
    [
      ['a template', 'templates: [{from: p.yaml, to: made.yaml}]', /p\.yaml:2:1: the template still has/],
      [
        'an edited file',
        'edits: [{file: ../../p.yaml, expression: .a = 1}]',
        /p\.yaml:2:1: the file to edit still has/,
      ],
    ] as const
  ).map(([what, setting, says]): Case => ({
    name: `a merge that left its markers in ${what}`,
    spoil: () => {
      write('p.yaml', MERGED)
      write('overlay-render.yaml', `version: 1\nsettings: {workloads: {${setting}}}\n`)
    },
    overlay: 'workloads',
    says: [says, /keep one side, and remove the markers/],
  })),
  ...(
    [
      [
        'a kustomization',
        kustomization,
        'resources: []\n',
        /workloads\/kustomization\.yaml:1:1: this file is UTF-16 text/,
      ],
      [
        'the configuration',
        'overlay-render.yaml',
        'version: 1\n',
        /overlay-render\.yaml:1:1: overlay-render\.yaml is UTF-16 text/,
      ],
      [
        'the lock',
        'overlay-render.lock',
        '{}\n',
        /overlay-render\.lock:1:1: overlay-render\.lock is UTF-16 text/,
      ],
      [
        'a resource',
        'overlays/workloads/resources/bootstrap.yaml',
        'a: 1\n',
        /bootstrap\.yaml:1:1: this file is UTF-16 text/,
      ],
    ] as const
  ).map(([what, file, text, says]): Case => ({
    name: `${what} in UTF-16`,
    spoil: () => replace(file, Buffer.from(`\ufeff${text}`, 'utf16le')),
    overlay: 'workloads',
    says: [says, /save it as UTF-8/],
  })),
  {
    name: 'a script in UTF-16',
    spoil: () => replace(script, Buffer.from('\ufeff.a = 1\n', 'utf16le')),
    says: [/yq_scripts\/config\.yaml:1:1: the patch script is UTF-16 text/, /save it as UTF-8/],
  },
  {
    name: 'a template in Latin-1',
    spoil: () => {
      write('t.j2', Buffer.from('a: 1\nb: caf\u00e9\n', 'latin1'))
      write(
        'overlay-render.yaml',
        'version: 1\nsettings: {workloads: {templates: [{from: t.j2, to: made.yaml}]}}\n',
      )
    },
    overlay: 'workloads',
    says: [/t\.j2:2:7: the template is not UTF-8 text/, /save it as UTF-8/],
  },
  {
    name: 'a merge that left its markers in a kustomization',
    spoil: () => write(kustomization, 'resources: []\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n'),
    overlay: 'workloads',
    says: [/workloads\/kustomization\.yaml:2:1: this file still has the conflict markers/],
  },
  {
    name: 'a merge that left its markers in a base config',
    spoil: () => replace(base('labels.yaml'), 'default: {}\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n'),
    says: [/labels\.yaml:2:1: the base config still has the conflict markers/],
  },
  {
    name: 'a merge that left its markers in a script',
    spoil: () => write(script, '.a = 1\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n'),
    says: [/yq_scripts\/config\.yaml:2:1: the patch script still has the conflict markers/],
  },
  {
    name: 'a merge that left its markers in the configuration',
    spoil: () => write('overlay-render.yaml', 'version: 1\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n'),
    says: [/overlay-render\.yaml:2:1: .*still has the conflict markers/],
  },
  {
    name: 'a NUL in the configuration',
    spoil: () => write('overlay-render.yaml', 'version: 1\noverlays: ["overlays/*\0"]\n'),
    says: [/overlay-render\.yaml:2:23: .*contains a NUL character/, /remove it/],
  },
  ...(['', 'vendored:\n'] as const).flatMap((start): Case[] => [
    {
      name: `a merge that left its markers in the lock: ${start}`,
      spoil: () => write('overlay-render.lock', `${start}<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n`),
      says: [/overlay-render\.lock:[12]:1: .*still has the conflict markers/, /keep one side/],
    },
    {
      name: `a NUL in the lock: ${start}`,
      spoil: () => write('overlay-render.lock', `${start}- {url: "\0"}\n`),
      says: [/overlay-render\.lock:[12]:10: .*contains a NUL character/, /restore it from git/],
    },
  ]),
  {
    name: 'a base config in UTF-16',
    spoil: () => replace(base('labels.yaml'), Buffer.from('\ufeffdefault: {}\n', 'utf16le')),
    says: [/labels\.yaml:1:1: the base config is UTF-16 text/, /save it as UTF-8/],
  },
  {
    name: 'a script that only compares',
    spoil: () => write(script, '.plank.a == "x"\n'),
    says: [/yq_scripts\/config\.yaml:1:1: the script replaces the base config/, /== only compares/],
  },
  {
    name: 'an operation that is misspelt in a script',
    spoil: () => write(script, '- {op: repalce, path: /a, value: 1}\n'),
    says: [/yq_scripts\/config\.yaml:1:\d+/, /RFC 6902/, /replace/],
  },
  {
    name: 'an operation that is misspelt in a patch',
    spoil: () => {
      write('overlays/workloads/p.yaml', '- {op: repalce, path: /metadata/name, value: a}\n')
      write(
        kustomization,
        'resources: [resources/bootstrap.yaml]\npatches: [{path: p.yaml, target: {name: .*}}]\n',
      )
    },
    overlay: 'workloads',
    says: [
      /workloads\/p\.yaml:1:1: this patch has the unknown RFC 6902 operation repalce/,
      /did you mean replace\?/,
    ],
  },
  {
    name: 'an empty patch',
    spoil: () => {
      write('overlays/workloads/p.yaml', '')
      write(kustomization, 'resources: [resources/bootstrap.yaml]\npatches: [{path: p.yaml}]\n')
    },
    overlay: 'workloads',
    says: [/workloads\/p\.yaml:1:1: this patch is empty/, /remove it/],
  },
  {
    name: 'values that are a list',
    spoil: () => write('overlay-render.yaml', 'version: 1\nsettings: {testing: {values: [a, b]}}\n'),
    says: [
      /overlay-render\.yaml:2:\d+: settings\.testing\.values must be a map, not a list/,
      /without a dash/,
    ],
  },
  {
    name: 'an unknown flag',
    spoil: () => undefined,
    flags: ['--secret', 'stub'],
    says: [/unknown option/, /--secrets/],
  },
]

test.for(cases)('$name', async ({ spoil, overlay = 'testing', flags = [], says }) => {
  spoil()
  const before = readdirSync(kustom, { recursive: true }).sort()
  const { status, stdout, stderr } = await runCommand(['render', overlay, '-C', kustom, ...flags])
  for (const pattern of says) expect(stderr).toMatch(pattern)
  expect(stderr).not.toMatch(/goroutine|^\s+at /m)
  expect(stdout).toBe('')
  expect(status).toBe(2)
  expect(readdirSync(kustom, { recursive: true }).sort()).toEqual(before)
})

test('conflict markers in a file of a ConfigMap are a warning only', async () => {
  write('overlays/workloads/p.yaml', MERGED)
  write(kustomization, 'configMapGenerator: [{name: a, files: [p.yaml]}]\n')
  const { status, stdout } = await runCommand(['render', 'workloads', '-C', kustom, '--secrets', 'stub'])
  expect(stdout).toMatch(
    /warning: overlays\/workloads\/p\.yaml:2:1: this file of a ConfigMap still has the conflict markers of a merge/,
  )
  expect(stdout).toMatch(/keep one side, and remove the markers/)
  expect(status).toBe(0)
})

/** The paths that a render of `testing` and `workloads` reads, and their names in messages. */
const READ: Readonly<Record<string, string>> = {
  'overlay-render.yaml': 'overlay-render.yaml',
  '../files/labels.yaml': '../files/labels.yaml',
  [script]: script,
  'overlays/testing/yq_scripts': 'overlays/testing/yq_scripts',
  'overlays/workloads/kustomization.yaml': 'overlays/workloads/kustomization.yaml',
  'overlays/workloads/resources/bootstrap.yaml': 'overlays/workloads/resources/bootstrap.yaml',
}

/** Root may read every file, so tests that run as root start the command as an ordinary user. */
const NOBODY = 65534
const asUser =
  process.getuid?.() === 0
    ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--']
    : []

/** Gives the tree to that user. */
function giveAway(): void {
  if (asUser.length === 0) return
  lchownSync(tree.path, NOBODY, NOBODY)
  for (const name of readdirSync(tree.path, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(tree.path, name), NOBODY, NOBODY)
  }
}

async function runAsUser(): Promise<CommandResult> {
  const out = join(tree.path, 'out')
  return runCommand(['render', 'testing', 'workloads', '-C', kustom, '--secrets', 'stub', '--out', out], {
    through: asUser,
    env: { HOME: tree.path, XDG_CACHE_HOME: join(tree.path, 'cache') },
  })
}

test.skipIf(process.platform === 'win32').for(Object.entries(READ))(
  'a file or folder without read permission is named: %s (skipped on Windows)',
  async ([path, named]) => {
    giveAway()
    chmodSync(at(path), 0)
    const { status, stderr } = await runAsUser()
    chmodSync(at(path), 0o755)
    expect(stderr).toMatch(/^error: (?:\S+:\d+:\d+: )?.*cannot read .*: permission is denied$/mu)
    expect(stderr).toContain(named)
    expect(stderr).toMatch(/hint: give this user read permission/)
    expect(status).toBe(2)
  },
)

test.skipIf(process.platform === 'win32')(
  'an error for a file in a folder without search permission has the line that names it (skipped on Windows)',
  async () => {
    giveAway()
    chmodSync(at('overlays/workloads/resources'), 0)
    const { status, stderr } = await runAsUser()
    chmodSync(at('overlays/workloads/resources'), 0o755)
    expect(stderr).toMatch(
      /workloads\/kustomization\.yaml:\d+:\d+: .*bootstrap\.yaml is in a folder that this user may not search/,
    )
    expect(status).toBe(2)
  },
)

test('a TMPDIR that does not exist', async () => {
  const { status, stderr } = await runCommand(['render', 'workloads', '-C', kustom, '--secrets', 'stub'], {
    env: { TMPDIR: join(tree.path, 'nowhere') },
  })
  expect(stderr).toMatch(/the folder for temporary files, .*nowhere, does not exist/)
  expect(stderr).toMatch(/hint: create it, or set TMPDIR/)
  expect(status).toBe(2)
})

test('a folder without a workspace', async () => {
  const { status, stderr } = await runCommand([
    'render',
    'testing',
    '-C',
    join(tree.path, 'prow-deploy/files'),
  ])
  expect(stderr).toMatch(/there is no workspace at/)
  expect(stderr).toMatch(/-C/)
  expect(status).toBe(2)
})

test.skipIf(process.getuid?.() === 0)(
  'an output folder that cannot be written (skipped for root, who may write anywhere)',
  async () => {
    mkdirSync(at('out'))
    chmodSync(at('out'), 0o500)
    const { status, stderr } = await runCommand(['render', 'workloads', '-C', kustom, '--out', at('out')])
    expect(stderr).toMatch(/cannot write/)
    expect(status).toBe(2)
  },
)

test('an output folder that is a file', async () => {
  write('out', '')
  const { status, stderr } = await runCommand(['render', 'workloads', '-C', kustom, '--out', at('out')])
  expect(stderr).toMatch(/cannot write .*out.*: a part of the path is a file, not a folder/)
  expect(status).toBe(2)
})

test.skipIf(!existsSync('/dev/full'))(
  'standard output on a full disk (skipped where there is no /dev/full)',
  async () => {
    await runCommand(['--version'])
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        join(root, 'packages/cli/bin/overlay-render.js'),
        'render',
        'workloads',
        '-C',
        kustom,
        '--stdout',
        '--quiet',
      ],
      { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'], encoding: 'utf8' },
    )
    expect(stderr).toBe('error: cannot write the output: the disk is full\n')
    expect(status).toBe(3)
  },
)

test('a byte order mark, CRLF and 10 MB are accepted', async () => {
  const labels = `\u{feff}default:\r\n  labels:\r\n${'    - name: a\r\n      color: "ffffff"\r\n'.repeat(260_000)}`
  replace(base('labels.yaml'), labels)
  const { status } = await runCommand([
    'render',
    'testing',
    '-C',
    kustom,
    '--configs-only',
    '--out',
    at('out'),
  ])
  expect(status).toBe(0)
  const { readFileSync } = await import('node:fs')
  expect(readFileSync(at('out/testing/configs/labels/labels.yaml'), 'utf8') === labels).toBe(true)
})

test.for<readonly [args: readonly string[], status: number, says: RegExp]>([
  [['diff', 'testing'], 2, /\(overlay-render diff --help shows its arguments, with examples\)/],
  [['review'], 2, /\(overlay-render review --help shows its arguments, with examples\)/],
  [['golden', 'chek'], 2, /\(overlay-render golden --help lists its commands\)/],
  [['diff', 'testing', 'nope.yaml'], 2, /nope\.yaml does not exist/],
])('%j says what to do next', async ([args, status, says]) => {
  const result = await runCommand([...args, '-C', kustom])
  expect(`${result.stdout}${result.stderr}`).toMatch(says)
  expect(result.status).toBe(status)
})

test('a List is compared with its items, as kubectl get prints them', async () => {
  const item = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n'
  write('list.yaml', `apiVersion: v1\nkind: List\nitems:\n- ${item.trimEnd().replaceAll('\n', '\n  ')}\n`)
  write('item.yaml', item)
  const { status, stdout } = await runCommand(['diff', join(kustom, 'list.yaml'), join(kustom, 'item.yaml')])
  expect([status, stdout]).toEqual([0, expect.stringContaining('are the same: 1 resource.\n')])
})
