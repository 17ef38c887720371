import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'

import { digestOf } from '@overlay-render/system'
import { onTestFinished, vi } from 'vitest'

import { chance, type Draw, pick } from '../../../../test/differential/draw.ts'
import { layTree } from '../temporary-tree.ts'

const KUSTOMIZATIONS = [
  'resources: [../../base]\n',
  'resources: [../../base, resources/one.yaml]\n',
  'resources: [../../base]\nconfigMapGenerator:\n- {name: c, files: [configs/config.yaml]}\n',
  'resources: [../../base]\nsecretGenerator:\n- {name: s, files: [secrets/token]}\n',
  'resources: [resources/one.yaml, resources/two.yaml]\n',
] as const

/** Few texts, all of the same length: file sizes do not differ, and earlier states return. */
const TEXTS = ['.a = 1\n', '.a = 2\n', '.b = 3\n'] as const
const BASES = ['a: 1\n', 'a: 2\n', 'b: 1\n'] as const
const OBJECTS = ['1', '2'].map(
  (name) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c${name}\n`,
) as readonly string[]
const IGNORES = ['', 'resources/\n', 'secrets/\n', 'two.yaml\n', 'overlays/b/\n', '!two.yaml\n'] as const
const SETTINGS = [
  'version: 1\nkustomize: {version: 5.8.1}\nsecrets: stub\nconfigs: {base: ../files, files: [config/config.yaml, plugins/plugins.yaml]}\n',
  'version: 1\nkustomize: {version: 5.8.1}\nsecrets: stub\nconfigs: {base: ../files, files: [config/config.yaml, plugins/plugins.yaml]}\nsettings:\n  b: {extends: a}\n',
  'version: 1\nkustomize: {version: 5.8.1}\nsecrets: {mode: stub, files: ["**/two.yaml"]}\nconfigs: {base: ../files, files: [config/config.yaml, plugins/plugins.yaml], allow: [load]}\nsettings:\n  a: {templates: [{text: "x: {{ y }}", to: resources/made.yaml}], values: {y: 1}}\n',
  // Values that differ in a key `position`, and in numbers that JSON lacks.
  ...['{position: 1}', '{position: 2}', '.nan', '.inf', '-0.0', '0.0'].map(
    (value) =>
      `version: 1\nkustomize: {version: 5.8.1}\nsecrets: stub\nconfigs: {base: ../files, files: [config/config.yaml, plugins/plugins.yaml]}\nsettings:\n  a: {templates: [{text: "{{ y | dump if y is mapping else y }}{{ 1 / y }}", to: resources/one.yaml}], values: {y: ${value}}}\n`,
  ),
] as const

/** Every path that is edited, with its possible texts. */
const PATHS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['kustom/overlay-render.yaml', SETTINGS],
  ['.gitignore', IGNORES],
  ['kustom/.gitignore', IGNORES],
  ['kustom/overlays/a/.gitignore', IGNORES],
  ['files/config.yaml', BASES],
  ['files/plugins.yaml', BASES],
  ['kustom/base/kustomization.yaml', ['resources: [cm.yaml]\n', 'resources: [cm.yaml] # the same\n']],
  ['kustom/base/cm.yaml', OBJECTS],
  ...['a', 'b'].flatMap((name): [string, readonly string[]][] => [
    [`kustom/overlays/${name}/kustomization.yaml`, KUSTOMIZATIONS],
    [`kustom/overlays/${name}/yq_scripts/config.yaml`, [...TEXTS, '.a = load("resources/one.yaml").kind\n']],
    [`kustom/overlays/${name}/yq_scripts/plugins.yaml`, [...TEXTS, '.a = now\n']],
    [`kustom/overlays/${name}/resources/one.yaml`, OBJECTS],
    [`kustom/overlays/${name}/resources/two.yaml`, OBJECTS],
    [`kustom/overlays/${name}/resources/deep/three.yaml`, OBJECTS],
    [`kustom/overlays/${name}/secrets/token`, ['real', 'rael']],
  ]),
])

/**
 * A substitute for kustomize that prints every file and link of its input, so that any difference of the input shows in the output.
 * It runs with an empty PATH.
 */
const LISTER = `#!/bin/sh
case "$1" in version) echo v5.8.1; exit;; esac
for given; do [ -d "$given" ] && cd "$given/../../.."; done
echo 'apiVersion: v1
kind: ConfigMap
metadata:
  name: seen
data:
  tree: |'
/usr/bin/find . -printf '    %p %y %l\\n' | LC_ALL=C /usr/bin/sort
/usr/bin/find . -type f -exec /usr/bin/cksum {} + | LC_ALL=C /usr/bin/sort | /usr/bin/sed 's/^/    /'
`

/** A git work tree for random edits, and the substitute for kustomize. */
export class EditedTree {
  readonly top: string
  readonly workspace: string
  readonly kustomize: string
  readonly #draw: Draw
  /** A folder outside of the tree, as a target of links. */
  readonly #outside: string

  constructor(draw: Draw) {
    this.#draw = draw
    this.#outside = layTree({ 'outside.yaml': 'a: 1\n' })
    this.top = layTree(Object.fromEntries([...PATHS].map(([path, [text = '']]) => [path, text])))
    this.workspace = join(this.top, 'kustom')
    const tools = layTree({ kustomize: LISTER })
    this.kustomize = join(tools, 'kustomize')
    chmodSync(this.kustomize, 0o755)
    // A script may run as kustomize only when the user confirmed its digest.
    vi.stubEnv('OVERLAY_RENDER_KUSTOMIZE_SHA256', digestOf(Buffer.from(LISTER)))
    onTestFinished(() => void vi.unstubAllEnvs())
    this.git('init', '--quiet')
    this.git('add', '--all')
  }

  git(...args: string[]): void {
    try {
      execFileSync('git', args, { cwd: this.top, stdio: 'ignore' })
    } catch {
      // For example, `git add` fails for an ignored file. Then nothing changed.
    }
  }

  /** Commits every file that git would track, and returns the hash of the commit. */
  commit(): string {
    this.git('add', '--all')
    this.git(
      '-c',
      'user.name=Ada',
      '-c',
      'user.email=ada@example.com',
      'commit',
      '--quiet',
      '--allow-empty',
      '--message=edit',
    )
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: this.top, encoding: 'utf8' }).trim()
  }

  /** Makes one random edit, and returns a description of it. */
  edit(): string {
    const draw = this.#draw
    const [path, texts] = pick(draw, [...PATHS])
    const place = join(this.top, path)
    const [name, work] = pick(draw, this.#edits(place, texts))
    try {
      work()
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
      return `${name} ${path} (${String(error.code)})`
    }
    return `${name} ${path}`
  }

  /** Restores the text of every file. Files that were added and git's index stay. */
  restoreFiles(): void {
    for (const [path, [text = '']] of PATHS) {
      const place = join(this.top, path)
      rmSync(place, { recursive: true, force: true })
      mkdirSync(dirname(place), { recursive: true })
      writeFileSync(place, text)
    }
  }

  /** Restores the whole tree, without anything that was added: a repository within an overlay would hide it in every later round. */
  restoreAll(): void {
    for (const name of readdirSync(this.top)) {
      if (name !== '.git') rmSync(join(this.top, name), { recursive: true, force: true })
    }
    writeFileSync(join(this.top, '.git/info/exclude'), '')
    this.git('sparse-checkout', 'disable')
    this.restoreFiles()
    this.git('rm', '--quiet', '--cached', '-r', '.')
    this.git('add', '--all', '--force')
  }

  /** Makes the folder a submodule: git tracks a commit there, and none of the files. */
  #addSubmodule(folder: string): void {
    this.git('rm', '--quiet', '--cached', '-r', folder)
    this.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},${relative(this.top, folder)}`)
  }

  #edits(place: string, texts: readonly string[]): (readonly [string, () => void])[] {
    const draw = this.#draw
    const isLink = lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
    const write = (): void => {
      mkdirSync(dirname(place), { recursive: true })
      // Never writes through a link, which may leave the tree.
      if (isLink) rmSync(place, { force: true })
      writeFileSync(place, pick(draw, texts))
    }
    const another = (): string => join(this.top, pick(draw, [...PATHS.keys()]))
    return [
      ['write', write],
      ['write', write],
      ['write', write],
      ['remove', () => rmSync(place, { recursive: true })],
      ['rename', () => renameSync(place, another())],
      ['chmod', () => (isLink ? undefined : chmodSync(place, pick(draw, [0o644, 0o755, 0o600])))],
      ['old times', () => (isLink ? undefined : utimesSync(place, 1_000_000_000, 1_000_000_000))],
      [
        'link',
        () => {
          const target = another()
          rmSync(place, { recursive: true, force: true })
          symlinkSync(
            chance(draw, 1, 8) ? join(this.#outside, 'outside.yaml') : relative(dirname(place), target),
            place,
          )
        },
      ],
      [
        'swap',
        () => {
          const wasFolder = lstatSync(place).isDirectory()
          rmSync(place, { recursive: true })
          if (wasFolder) return write()
          mkdirSync(place)
          writeFileSync(join(place, 'inside.yaml'), pick(draw, texts))
        },
      ],
      ['new file beside', () => writeFileSync(join(dirname(place), pick(draw, ['x.yaml', '.x'])), 'x: 1\n')],
      ['repository in', () => mkdirSync(join(dirname(place), '.git', 'refs'), { recursive: true })],
      [
        'append to the excludes',
        () => appendFileSync(join(this.top, '.git/info/exclude'), `${pick(draw, IGNORES)}\n`),
      ],
      ['empty the excludes', () => writeFileSync(join(this.top, '.git/info/exclude'), '')],
      ['git add', () => this.git('add', '--force', place)],
      ['git rm --cached', () => this.git('rm', '--quiet', '--cached', '-r', place)],
      ['git add --all', () => this.git('add', '--all')],
      ['restoreFiles', () => this.restoreFiles()],
      [
        'rename the folder of',
        () => renameSync(join(this.workspace, 'overlays/b'), join(this.workspace, 'overlays/c')),
      ],
      ['submodule', () => this.#addSubmodule(dirname(place))],
      [
        'sparse checkout without',
        () => this.git('sparse-checkout', 'set', '--no-cone', '/*', `!/${relative(this.top, place)}`),
      ],
      ['whole checkout', () => this.git('sparse-checkout', 'disable')],
      [
        'unrelated file',
        () => writeFileSync(join(this.top, pick(draw, ['x.md', 'kustom/base/x.md'])), pick(draw, texts)),
      ],
    ]
  }
}
