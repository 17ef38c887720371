import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { formatDiff, REPORT_FORMATS, reportFormat } from '@overlay-render/golden'
import { describe, expect, test } from 'vitest'

import { openWorkspace } from '../src/open-workspace.ts'
import { layTree, type Tree } from './temporary-tree.ts'

// An overlay that is a folder of plain manifests, without kustomize.

const map = (name: string, more = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}`

const WORKSPACE = 'version: 1\noverlays:\n  - {path: "clusters/*", kind: folder}\n'

const TREE: Tree = {
  'overlay-render.yaml': WORKSPACE,
  'clusters/app/10-b.yaml': `# the second\n${map('b')}---\n# only a comment\n---\n${map('b2')}`,
  'clusters/app/00-a.yml': map('a').trimEnd(),
  'clusters/app/10/c.yaml': map('c'),
  'clusters/app/_skipped/d.yaml': 'no: manifest\n',
  'clusters/app/_e.yaml': 'no: manifest\n',
  'clusters/app/README.md': 'text\n',
  'clusters/app/data.json': '{}',
  'clusters/app/admin_z.yaml': map('z'),
  'shared/f.yaml': map('f'),
  'clusters/app/linked': '-> ../../shared',
}

async function render(tree: Tree, secrets: 'real' | 'stub' = 'real'): Promise<string> {
  const workspace = await openWorkspace(layTree({ '.git/HEAD': '', ...tree }))
  const { manifests } = await workspace.render('app', { secrets })
  return Buffer.from(manifests).toString()
}

const names = (manifests: string): string[] =>
  [...manifests.matchAll(/^ {2}name: (.*)$/gmu)].map(([, name]) => name ?? '')

describe('the manifests of a folder', () => {
  test('are the unchanged documents of its YAML files, sorted by path', async () => {
    expect(await render(TREE)).toBe(
      [map('a'), map('c'), `# the second\n${map('b')}`, map('b2'), map('z'), map('f')].join('---\n'),
    )
  })

  test.each([
    ['{order: [admin_*, "*-b.yaml"]}', ['z', 'b', 'b2', 'a', 'c', 'f']],
    ['{skip: ["_*", "admin_*", linked]}', ['a', 'c', 'b', 'b2']],
    ['{skip: ["_*", "{10,linked}", "*.yml"]}', ['b', 'b2', 'z']],
  ])('are ordered and skipped as %s says', async (patterns, expected) => {
    const workspace = WORKSPACE.replace('}', `, ${patterns.slice(1)}`)
    expect(names(await render({ ...TREE, 'overlay-render.yaml': workspace }))).toEqual(expected)
  })

  test('lose byte order marks, and keep line endings', async () => {
    const tree = {
      'overlay-render.yaml': WORKSPACE,
      'clusters/app/a.yaml': `\uFEFF${map('a').replaceAll('\n', '\r\n')}`,
    }
    expect(await render(tree)).toBe(map('a').replaceAll('\n', '\r\n'))
  })

  test('include the results of templates and edits, which do not change the tree', async () => {
    const settings = `settings:\n  app:\n    values: {n: made}\n    templates: [{text: ${JSON.stringify(map('{{n}}'))}, to: made.yaml}]\n    edits: [{file: 10/c.yaml, expression: '.metadata.name = "edited"'}]\n`
    expect(names(await render({ ...TREE, 'overlay-render.yaml': WORKSPACE + settings }))).toEqual([
      'a',
      'edited',
      'b',
      'b2',
      'z',
      'f',
      'made',
    ])
  })

  test('of a List are its items, as kubectl applies them', async () => {
    const items = [map('a'), map('b')].map((item) => `- ${item.trimEnd().replaceAll('\n', '\n  ')}\n`)
    const tree = {
      'overlay-render.yaml': WORKSPACE,
      'clusters/app/a.yaml': `apiVersion: v1\nkind: List\nitems:\n${items.join('')}`,
    }
    expect(await render(tree)).toBe([map('a'), map('b')].join('---\n'))
  })

  test('are refused with the name of each file that is no manifest, and a way out', async () => {
    const tree = {
      'overlay-render.yaml': WORKSPACE,
      'clusters/app/a.yaml': map('a'),
      'clusters/app/b.yaml': 'kind: Config\n',
      'clusters/app/c.yaml': '{{ template }}\n',
      'clusters/app/d.yaml': 'org: {}\n',
    }
    const fault: unknown = await render(tree).catch((error: unknown) => error)
    expect(fault).toMatchObject({
      message: 'clusters/app/b.yaml:1:1: the Config has no metadata.name',
      hint: 'correct it; or, if it is no manifest, add its name to skip of this overlay',
      details: [
        expect.stringMatching(/^also clusters\/app\/c\.yaml:1:/u),
        'also clusters/app/d.yaml:1:1: the document has no kind, so it is not a Kubernetes object',
      ],
    })
  })

  test('are none for an empty folder', async () => {
    expect(await render({ 'overlay-render.yaml': WORKSPACE, 'clusters/app/README.md': '' })).toBe('')
  })
})

describe('a folder of manifests is refused with', () => {
  const FAULTS: readonly (readonly [what: string, files: Tree, fault: object])[] = [
    ['a document without a kind', { 'clusters/app/y.yaml': 'a: 1\n' }, { code: 'no-kind' }],
    ['a file that is not YAML', { 'clusters/app/y.yaml': 'kind: [\n' }, { code: 'not-yaml' }],
    [
      'a Secret that is not YAML, without its text',
      { 'clusters/app/y.yaml': 'kind: Secret\nstringData: {a: hunter2: b}\n' },
      { code: 'not-yaml', sentence: 'the document is not YAML' },
    ],
    ['a link out of the tree', { 'clusters/app/y.yaml': '-> /etc/hostname' }, { code: 'outside-boundary' }],
    ['a link to a folder out of the tree', { 'clusters/app/y': '-> /etc' }, { code: 'outside-boundary' }],
    ['a broken link', { 'clusters/app/y.yaml': '-> nowhere.yaml' }, { code: 'file-missing' }],
    ['a link to a folder that it is in', { 'clusters/app/10/up': '-> ../../app' }, { code: 'link-loop' }],
  ]
  test.for(FAULTS)('%s', async ([, files, fault]) => {
    await expect(render({ ...TREE, ...files })).rejects.toMatchObject(fault)
  })

  const SETTINGS: readonly (readonly [setting: string, fault: object])[] = [
    [
      'overlays: [{path: clusters/*, kind: folders}]',
      { code: 'workspace-config-invalid', position: { line: 2 } },
    ],
    [
      'overlays: [{pth: clusters/*, kind: folder}]',
      { code: 'workspace-config-invalid', position: { line: 2 } },
    ],
    [
      'overlays: [{path: clusters/*, kind: folder, skip: [a/b]}]',
      { code: 'pattern-invalid', position: { line: 2 } },
    ],
    [
      `overlays: [{path: clusters/*, kind: folder, skip: ['${'{a,b}'.repeat(25)}']}]`,
      { code: 'pattern-invalid' },
    ],
    ['overlays: [{path: clustre/app, kind: folder}]', { code: 'overlays-unmatched', position: { line: 2 } }],
    ['overlays: [{path: ../../etc, kind: folder}]', { code: 'outside-boundary', position: { line: 2 } }],
    [
      'overlays: [{path: clusters/app, kind: folder}, shared]\nsettings: {app: {extends: shared}}',
      {
        code: 'workspace-config-invalid',
        sentence: 'overlay app cannot extend shared: app is a folder of plain manifests',
      },
    ],
  ]
  test.for(SETTINGS)('%s', async ([setting, fault]) => {
    await expect(
      render({ ...TREE, 'overlay-render.yaml': `version: 1\n${setting}\n` }),
    ).rejects.toMatchObject(fault)
  })
})

test('the last pattern that matches a folder decides its kind', async () => {
  const patterns = 'version: 1\noverlays: ["clusters/*", {path: clusters/app, kind: folder}]\n'
  expect(names(await render({ ...TREE, 'overlay-render.yaml': patterns }))).toContain('a')
})

describe('in a git work tree', () => {
  const SECRET =
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  password: hunter2-password\n'
  const git = (folder: string, ...args: string[]): void => {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false']
    execFileSync('git', ['-C', folder, ...identity, ...args], { stdio: 'pipe' })
  }
  const committed = (): string => {
    const folder = layTree({ ...TREE, 'clusters/app/secret.yaml': SECRET, 'clusters/other/o.yaml': map('o') })
    git(folder, 'init', '-q')
    git(folder, 'add', '.')
    git(folder, 'commit', '-qm', 'first')
    return folder
  }

  test('a folder has goldens, diffs and a review, and none shows the value of a Secret', async () => {
    const folder = committed()
    const open = (): ReturnType<typeof openWorkspace> => openWorkspace(folder)
    await (await open()).golden.update()
    expect(
      (await (await open()).golden.check()).map((one) => 'outcome' in one && one.outcome.differs),
    ).toEqual([false, false])
    writeFileSync(join(folder, 'clusters/app/10/c.yaml'), map('c', 'data:\n  k: v\n'))
    writeFileSync(join(folder, 'clusters/app/secret.yaml'), SECRET.replace('hunter2', 'hunter3'))
    const [app, other] = await (await open()).golden.check()
    expect(app).toMatchObject({ outcome: { differs: true } })
    expect(other).toMatchObject({ outcome: { differs: false } })
    const diff = await (await open()).diff('HEAD:app', 'app')
    expect(diff.resources.map(({ id }) => id.kind)).toEqual(['ConfigMap', 'Secret'])
    for (const format of REPORT_FORMATS.map((name) => reportFormat(name)))
      expect(formatDiff(diff, format)).not.toMatch(/hunter|aHVudGVy/u)
    const review = await (await open()).review('HEAD')
    // The golden of the other one is new, so the review looks at it.
    expect(review.overlays).toMatchObject([
      { overlay: 'app', fault: undefined, golden: { differs: true } },
      { overlay: 'other', fault: undefined, golden: { differs: false } },
    ])
  })

  test('a new file, a removed file and a skip pattern affect the overlay; an ignored file does not', async () => {
    const affected = async (folder: string): Promise<readonly string[]> => {
      const { affected: found } = await (await openWorkspace(folder)).affected('HEAD')
      return found.map(({ overlay, reasons }) => `${overlay} ${reasons.map(({ kind }) => kind).join()}`)
    }
    const folder = committed()
    expect(await affected(folder)).toEqual([])
    writeFileSync(join(folder, '.git/info/exclude'), 'local.yaml\n')
    writeFileSync(join(folder, 'clusters/app/10/local.yaml'), map('local'))
    expect(await affected(folder)).toEqual([])
    writeFileSync(join(folder, 'clusters/app/10/new.yaml'), map('new'))
    expect(await affected(folder)).toEqual(['app listing,added'])
    rmSync(join(folder, 'clusters/app/10/new.yaml'))
    rmSync(join(folder, 'shared/f.yaml'))
    expect(await affected(folder)).toEqual(['app listing'])
    git(folder, 'checkout', '-q', '.')
    writeFileSync(join(folder, 'overlay-render.yaml'), WORKSPACE.replace('}', ', skip: ["_*", "o*"]}'))
    expect(await affected(folder)).toEqual(['app configuration', 'other configuration'])
  })
})

test.each([
  ['a NUL', `${map('n')}data: {a: "x\0"}\n`, /NUL/u],
  ['conflict markers', `<<<<<<< HEAD\n${map('n')}=======\n${map('m')}>>>>>>> b\n`, /conflict markers/u],
])('%s in a manifest is an error with the file and the line', async (_what, text, says) => {
  const failed = await render({ ...TREE, 'clusters/app/n.yaml': text }).catch((error: unknown) => error)
  expect(failed).toMatchObject({
    message: expect.stringMatching(says),
    position: { file: 'clusters/app/n.yaml' },
  })
})

test('of several resources with one identity, each is reported at its position', async () => {
  const workspace = await openWorkspace(
    layTree({
      '.git/HEAD': '',
      'overlay-render.yaml': WORKSPACE,
      'clusters/app/a.yaml': map('a'),
      'clusters/app/b.yaml': `${map('a')}---\n${map('a', 'data: {k: v}\n')}---\n${map('a')}`,
    }),
  )
  const findings = await workspace.check(['app'])
  const places = findings
    .filter(({ rule }) => rule === 'duplicate-identity')
    .map(({ position, severity }) => `${position?.file}:${position?.line} ${severity}`)
  expect(places).toEqual([
    'clusters/app/b.yaml:1 warning',
    'clusters/app/b.yaml:6 error',
    'clusters/app/b.yaml:12 warning',
  ])
})
