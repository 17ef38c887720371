import { spawnSync } from 'node:child_process'
import { chmod, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { diskView, Tree } from '@overlay-render/system'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { isGitRemoteOf4, isGitRemoteOf5, remoteDanger } from '../src/graph/remote-name.ts'
import { type Kustomize, walkInputs } from '../src/index.ts'
import { allKustomizes } from './oracles.ts'
import { addFiles, makeTree, removeTrees } from './scratch-tree.ts'

/** References under `components`, where kustomize does not fetch URLs first. */
const NAMES = [
  'github.com/org/repo',
  'GitHub.com/org/repo',
  'github.com:org/repo',
  'github.com/org',
  'github.com/org/repo?ref=main',
  'github.com/org/repo/sub/dir?version=x',
  'github.com/org/repo//sub',
  'github.com/org/repo//../up',
  'gh:org/repo',
  'gh:org',
  'git@github.com:org/repo.git//p?ref=r',
  'git@host:org/repo',
  'git@host:org/repo.git',
  'git@host/org/repo',
  'git@host:org',
  'user@host:org/repo',
  'user@host/org/repo',
  'a@b/c/d',
  'a@b/c',
  '1a@b/c/d',
  'a@b',
  'ssh://git@host/org/repo',
  'ssh://host:22/org/repo.git/sub',
  'https://127.0.0.1:9/a',
  'https://127.0.0.1:9/org/repo',
  'https://127.0.0.1:9/org.git',
  'HTTPS://127.0.0.1:9/org/repo',
  'git::https://127.0.0.1:9/org/repo',
  'git::github.com/org/repo',
  'git::local/dir',
  'file:///nowhere/repo',
  'file://x',
  'file:x',
  '../my_git/base',
  './my_git/base',
  'my_git/',
  'dev.azure.com/o/p/_git/repo/path',
  'host/org/repo',
  'host/org/repo.git',
  'gitlab.com/org/repo',
  'bitbucket.org:o/r',
  './github.com/org/repo',
  'git://host/org/repo',
  'ftp://host/org/repo',
  's3://bucket/a/b',
  'oci://host/a/b',
  'http:foo',
  'base',
  '../base',
  'a:b/c',
  'x.git/y',
  'github.com',
  'github.com/',
  'github.com//',
  'ssh://',
  'https://',
  'git@',
] as const

describe('references that kustomize reads as git remotes', () => {
  let tree: string
  let binaries: Kustomize[]

  beforeAll(async () => {
    tree = await makeTree({ 'bin/git': `#!/bin/sh\necho "$@" >> "$(dirname "$0")/calls"\nexit 1\n` })
    await chmod(join(tree, 'bin/git'), 0o755)
    binaries = await allKustomizes()
  })
  afterAll(removeTrees)

  async function runsGit(kustomize: Kustomize, name: string): Promise<boolean> {
    const calls = join(tree, 'bin/calls')
    await rm(calls, { force: true })
    await addFiles(tree, { 'ov/kustomization.yaml': `components:\n- ${JSON.stringify(name)}\n` })
    const env = { PATH: `${join(tree, 'bin')}:/usr/bin:/bin`, TMPDIR: tree }
    spawnSync(kustomize.path, ['build', join(tree, 'ov')], { env, cwd: tree })
    return readFile(calls, 'utf8').then(
      () => true,
      () => false,
    )
  }

  test.each(NAMES)('%s', async (name) => {
    for (const kustomize of binaries) {
      const rule = kustomize.version.startsWith('4') ? isGitRemoteOf4 : isGitRemoteOf5
      expect([kustomize.version, rule(name)]).toEqual([kustomize.version, await runsGit(kustomize, name)])
    }
  })
})

describe('remotes that are rejected even if the network is allowed', () => {
  test.each([
    ['github.com/org/repo?ref=main', false],
    ['https://github.com/org/repo?ref=main', false],
    ['git@github.com:org/repo.git?ref=v1', false],
    ['github.com/org/repo?ref=--upload-pack%3Dtouch%20x', true],
    ['github.com/org/repo?version=-x', true],
    ['github.com/org/repo?ref=a&ref=--upload-pack=x', true],
    ['file:///srv/repo', true],
    ['git::file:///srv/repo', true],
    ['../x_git/base', true],
  ] as const)('%s', (name, refused) => {
    expect(remoteDanger(name) !== undefined).toBe(refused)
  })
})

describe('the input graph lists remotes', () => {
  afterAll(removeTrees)

  const FIELDS = {
    'a URL under resources': 'resources: [URL]',
    'a URL for a patch': 'patches: [{path: URL}]',
    'a URL for a strategic merge patch': 'patchesStrategicMerge: [URL]',
    'a URL for a JSON6902 patch': 'patchesJson6902: [{path: URL, target: {kind: X, name: z}}]',
    'a URL for a generator file': 'configMapGenerator: [{name: a, files: [k=URL]}]',
    'a URL for an env file': 'secretGenerator: [{name: a, envs: [URL]}]',
    'a URL for the older env': 'secretGenerator: [{name: a, env: URL}]',
    'a URL for a configuration': 'configurations: [URL]',
    'a URL for a CRD': 'crds: [URL]',
    'a URL for a schema': 'openapi: {path: URL}',
    'a URL for a replacement': 'replacements: [{path: URL}]',
    'a URL for a transformer': 'transformers: [URL]',
    'a URL for a generator': 'generators: [URL]',
    'a URL for a validator': 'validators: [URL]',
    'a URL under components': 'components: [URL/b]',
    'a URL under bases': 'bases: [URL]',
  }

  test.each(Object.entries(FIELDS))('%s', async (_title, yaml) => {
    const root = await makeTree({ 'kustomization.yaml': yaml.replace('URL', 'hTTps://example.com/a') })
    const graph = walkInputs(root, { tree: new Tree(diskView, { boundary: [root] }), version: '4.5.4' })
    expect(graph.remotes.map(({ written }) => written.slice(0, 21))).toEqual(['hTTps://example.com/a'])
    expect(graph.faults.map(({ code }) => code)).toEqual(['network-refused'])
    const allowed = walkInputs(root, {
      tree: new Tree(diskView, { boundary: [root] }),
      version: '4.5.4',
      allowNetwork: true,
    })
    expect([allowed.remotes.length, allowed.faults]).toEqual([1, []])
  })

  test('without credentials', async () => {
    const urls = [
      'https://user:hunter2@example.com/a.yaml',
      'git::https://hunter2@example.com/o/r?ref=v1',
      'https://raw.example.com/o/r/main/a.yaml?token=hunter2',
      'https://example.com/o/r?ref=v1&private_token=hunter2&timeout=10s',
      'https://example.com/a.yaml?X-Amz-Date=1&X-Amz-Signature=hunter2',
      'https://example.com/a.yaml?tokens=1&ref=v1',
    ]
    const root = await makeTree({ 'kustomization.yaml': `resources: ${JSON.stringify(urls)}\n` })
    const graph = walkInputs(root, { tree: new Tree(diskView, { boundary: [root] }), version: '4.5.4' })
    expect(graph.remotes.map(({ written }) => written)).toEqual([
      'https://[hidden]@example.com/a.yaml',
      'git::https://[hidden]@example.com/o/r?ref=v1',
      'https://raw.example.com/o/r/main/a.yaml?token=[hidden]',
      'https://example.com/o/r?ref=v1&private_token=[hidden]&timeout=10s',
      'https://example.com/a.yaml?X-Amz-Date=1&X-Amz-Signature=[hidden]',
      'https://example.com/a.yaml?tokens=1&ref=v1',
    ])
    expect(graph.faults.map(({ message }) => message).join()).not.toContain('hunter2')
  })

  test('and rejects those that would run a program, even if the network is allowed', async () => {
    const names = [
      'https://example.com/o/r?ref=--upload-pack%3Dx',
      'file:///srv/repo',
      'git@example.com:o/r.git?version=-x',
    ]
    const root = await makeTree({ 'kustomization.yaml': `resources: ${JSON.stringify(names)}\n` })
    const graph = walkInputs(root, {
      tree: new Tree(diskView, { boundary: [root] }),
      version: '5.8.1',
      allowNetwork: true,
    })
    expect(graph.faults.map(({ code }) => code)).toEqual(names.map(() => 'network-refused'))
  })

  test.each([
    ['../x_git/base', 'rename the folder so that its name does not end in _git'],
    ['github.com/org/repo', 'write ./github.com/org/repo'],
    ['a@b/c/d', 'write ./a@b/c/d'],
  ])('a folder of the tree that kustomize reads as a remote: %s', async (name, hint) => {
    const root = await makeTree({
      'ov/kustomization.yaml': `resources: ["${name}"]\n`,
      [join('ov', name, 'kustomization.yaml')]: '',
    })
    const graph = walkInputs(join(root, 'ov'), {
      tree: new Tree(diskView, { boundary: [root] }),
      version: '5.8.1',
    })
    expect(graph.faults.map((fault) => [fault.code, fault.sentence, fault.hint])).toEqual([
      ['network-refused', `"${name}" is a folder here, but kustomize reads the name as a git remote`, hint],
    ])
  })
})
