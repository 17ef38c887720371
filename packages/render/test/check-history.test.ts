import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { vendoredFilePath, printVendored, sha256Of } from '@overlay-render/kustomize'
import { expect, test } from 'vitest'

import { createdBy } from '../src/check/created-objects.ts'
import { templatedName } from '../src/check/templated-names.ts'
import { openWorkspace } from '../src/index.ts'
import { layTree } from './temporary-tree.ts'

const POD =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: "a:1"}]}\n'
const BASE = 'jobs:\n- {name: build, runs: 1}\n- {name: test, runs: 1}\n'
const GROWN = 'jobs:\n- {name: lint, runs: 1}\n- {name: build, runs: 1}\n- {name: test, runs: 1}\n'

const TREE = {
  'overlay-render.yaml':
    'version: 1\nkustomize: {version: 4.5.4}\nconfigs: {base: configs, files: [config/jobs.yaml]}\n',
  'configs/jobs.yaml': BASE,
  'overlays/x/kustomization.yaml':
    'resources: [pod.yaml]\nconfigMapGenerator:\n- {name: jobs, files: [configs/config/jobs.yaml]}\n',
  'overlays/x/pod.yaml': POD,
  'overlays/x/yq_scripts/jobs.yaml': '.jobs[1].runs = 2\n',
}

function git(folder: string, ...args: string[]): void {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']
  execFileSync('git', [...who, '-C', folder, ...args], { stdio: 'ignore' })
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

/** A repository in which a job was inserted before the others after the script was written. */
function drifted(): string {
  const folder = layTree(TREE)
  git(folder, 'init', '-q', '-b', 'main')
  git(folder, 'add', '-A')
  git(folder, 'commit', '-qm', 'first')
  git(folder, 'mv', 'configs/jobs.yaml', 'configs/all-jobs.yaml')
  git(folder, 'commit', '-qm', 'moved')
  git(folder, 'mv', 'configs/all-jobs.yaml', 'configs/jobs.yaml')
  write(folder, 'configs/jobs.yaml', GROWN)
  git(folder, 'add', '-A')
  git(folder, 'commit', '-qm', 'second')
  return folder
}

async function rulesOf(folder: string, base?: string): Promise<string[]> {
  const workspace = await openWorkspace(folder)
  const found = await workspace.check(['x'], { base })
  return found.map(({ rule }) => rule)
}

test('an index that leads to another item than when it was written is a finding', async () => {
  const workspace = await openWorkspace(drifted())
  const finding = (await workspace.check(['x'])).find(({ rule }) => rule === 'drifted-path')
  expect(finding?.message).toMatch(
    /^jobs\[1\] is now the item with \.name == "build"; when this line was written \(\d{4}-\d\d-\d\d, [0-9a-f]{9}\), it was the one with \.name == "test", which is now jobs\[2\]$/u,
  )
})

test('with a base, the finding is new only in the change that moves the items', async () => {
  const folder = drifted()
  write(folder, 'README.md', 'words\n')
  git(folder, 'add', '-A')
  git(folder, 'commit', '-qm', 'third')
  expect(await rulesOf(folder, 'HEAD~1')).toEqual([])
  expect(await rulesOf(folder, 'HEAD~3')).toEqual(['drifted-path'])
})

test('without git, in a shallow clone and for an uncommitted line there is no finding about history', async () => {
  expect(await rulesOf(layTree({ ...TREE, 'configs/jobs.yaml': GROWN }))).toEqual(['positional-path'])

  const folder = drifted()
  write(folder, 'overlays/x/yq_scripts/jobs.yaml', '.jobs[1].runs = 3\n')
  expect(await rulesOf(folder)).toEqual(['positional-path'])

  const shallow = layTree({})
  git(folder, 'checkout', '-q', '--', '.')
  git(folder, 'clone', '-q', '--depth', '1', pathToFileURL(folder).href, join(shallow, 'clone'))
  expect(await rulesOf(join(shallow, 'clone'))).toEqual(['positional-path'])
})

test('a path is compared with the commit that introduced it, although its script was renamed and its line edited since', async () => {
  const folder = drifted()
  git(folder, 'mv', 'overlays/x/yq_scripts/jobs.yaml', 'overlays/x/yq_scripts/old.yaml')
  git(folder, 'commit', '-qm', 'third')
  git(folder, 'mv', 'overlays/x/yq_scripts/old.yaml', 'overlays/x/yq_scripts/jobs.yaml')
  git(folder, 'commit', '-qm', 'moved back')
  write(folder, 'overlays/x/yq_scripts/jobs.yaml', '.jobs[1].runs = 2 # twice\n')
  git(folder, 'commit', '-qam', 'fourth')
  write(folder, 'tests/jobs.yaml', 'jobs: [{name: other}]\n')
  expect(await rulesOf(folder)).toContain('drifted-path')
})

test('a file that another file of the tree names is used, one that none names is unused', async () => {
  const folder = drifted()
  write(folder, 'overlays/x/once/job.yaml', POD)
  write(folder, 'overlays/x/once/old.yaml', POD)
  write(folder, 'overlays/x/tests/web-ingress.yaml', POD)
  write(folder, 'deploy.sh', 'kubectl apply -f overlays/x/once/job.yaml\n')
  write(
    folder,
    'tests.yml',
    'shell: kubectl apply -f "{{ root }}/overlays/x/tests/{{ item }}-ingress.yaml"\n',
  )
  write(folder, 'overlays/x/edits/first_pod.yaml', POD)
  write(folder, 'overlays/x/edits/second_pod.yaml', POD)
  write(folder, 'loop.yml', 'shell: yq d -i "overlays/x/edits/{{ item }}.yaml"\nloop: [first_pod]\n')
  const expected = ['overlays/x/edits/second_pod.yaml', 'overlays/x/once/old.yaml']
  const inGit = await (await openWorkspace(folder)).check(['x'])
  expect(inGit.filter(({ rule }) => rule === 'unused-file').map(({ object }) => object)).toEqual(expected)
  rmSync(join(folder, '.git'), { recursive: true })
  const elsewhere = await (await openWorkspace(folder)).check(['x'])
  expect(elsewhere.filter(({ rule }) => rule === 'unused-file').map(({ object }) => object)).toEqual(expected)
})

test('a file that an overlay inherits is used where a kustomization names it', async () => {
  const folder = layTree({
    'overlay-render.yaml': 'version: 1\nkustomize: {version: 4.5.4}\nsettings: {y: {extends: x}}\n',
    'overlays/x/kustomization.yaml': 'resources: [resources/pod.yaml]\n',
    'overlays/x/resources/pod.yaml': POD,
    'overlays/x/resources/old.yaml': POD,
    'overlays/y/kustomization.yaml': 'resources: []\n',
    'overlays/y/resources/old.yaml': POD,
  })
  const found = await (await openWorkspace(folder)).check(['x', 'y'])
  expect(found.filter(({ rule }) => rule === 'unused-file').map(({ object }) => object)).toEqual([
    'overlays/x/resources/old.yaml',
    'overlays/y/resources/old.yaml',
  ])
})

test('a page that lists a manifest does not use it, one that applies it does', async () => {
  const folder = drifted()
  write(folder, 'overlays/x/once.yaml', POD)
  expect(await rulesOf(folder)).toContain('unused-file')
  write(folder, 'README.md', '- `overlays/x/once.yaml`\n')
  expect(await rulesOf(folder)).toContain('unused-file')
  write(folder, 'README.md', '    kubectl apply -f overlays/x/once.yaml\n')
  expect(await rulesOf(folder)).not.toContain('unused-file')
})

test('a Secret that a script creates with kubectl counts as existing', async () => {
  const folder = drifted()
  const pod = POD.replace('spec: {', 'spec: {volumes: [{name: t, secret: {secretName: token}}], ')
  write(folder, 'overlays/x/pod.yaml', pod)
  expect(await rulesOf(folder)).toContain('dangling-reference')
  write(folder, 'deploy.sh', 'kubectl create -n prow secret generic token --from-file=token=t\n')
  expect(await rulesOf(folder)).not.toContain('dangling-reference')
})

test.each([
  ['create secret -n prow generic token --from-literal a=b', 'Secret token'],
  ['create --namespace prow cm words', 'ConfigMap words'],
  ['create sa robot', 'ServiceAccount robot'],
  ['create secret generic {{ name }}', undefined],
  ['create secret', undefined],
])('kubectl %s creates %s', (command, made) => {
  expect(createdBy(command).map(({ kind, name }) => `${kind} ${name}`)[0]).toBe(made)
})

test.each([
  ['a/patches/{{ item }}-ingress.yaml', 'patches/web-ingress.yaml', true],
  ['a/patches/${NAME}.yaml', 'patches/web.yaml', true],
  ['a/patches/*.yaml', 'patches/web.yaml', true],
  ['a/patches/{{ item }}-ingress.yaml', 'patches/web-service.yaml', false],
  ['**/*.yaml', 'patches/web.yaml', false],
  ['$DIR/{{ item }}.yaml', 'patches/web.yaml', false],
])('%s names %s: %s', (written, name, does) => {
  expect(templatedName(written)?.test(name) ?? false).toBe(does)
})

test('review and --base find what is new, despite renamed files, moved lines and a second finding about one object', async () => {
  const bad = (fields: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad, namespace: prow}\n${fields}`
  const folder = layTree({
    'overlay-render.yaml':
      'version: 1\nkustomize: {version: 4.5.4}\noverlays: [{path: plain, kind: folder}]\n',
    'plain/old.yaml': bad('dta: {}\n'),
    'plain/other.yaml': bad('dta: {}\n').replace('name: bad', 'name: other'),
  })
  git(folder, 'init', '-q', '-b', 'main')
  git(folder, 'add', '-A')
  git(folder, 'commit', '-qm', 'first')
  git(folder, 'mv', 'plain/old.yaml', 'plain/new.yaml')
  write(folder, 'plain/new.yaml', `# moved\n\n${bad('dta: {}\nbinarydata: {}\n')}`)
  const objects = ['ConfigMap prow/bad binarydata']
  const workspace = await openWorkspace(folder)
  expect((await workspace.check(['plain'])).length).toBe(3)
  expect((await workspace.check(['plain'], { base: 'HEAD' })).map(({ object }) => object)).toEqual(objects)
  const { overlays } = await workspace.review('HEAD')
  expect(overlays.flatMap(({ findings }) => findings.map(({ object }) => object))).toEqual(objects)
})

test('the position of an edited vendored file is the file itself', async () => {
  const url = 'https://example.com/install.yaml'
  const remote = { url, commit: undefined, sha256: sha256Of(Buffer.from(POD)) }
  const copy = `vendor/${vendoredFilePath(url, remote.sha256)}`
  const tree = {
    'overlay-render.yaml': 'version: 1\nkustomize: {version: 4.5.4}\n',
    'overlay-render.lock': printVendored([remote]),
    'overlays/x/kustomization.yaml': `resources: ["${url}"]\n`,
  }
  const check = async (text: string): Promise<(string | undefined)[]> => {
    const found = await (await openWorkspace(layTree({ ...tree, [copy]: text }))).check(['x'])
    return found.filter(({ rule }) => rule === 'vendored-file-edited').map(({ position }) => position?.file)
  }
  expect(await check(POD)).toEqual([])
  expect(await check(`${POD}# edited\n`)).toEqual([copy])
})
