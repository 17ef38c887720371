import { join } from 'node:path'

import { diskView, LayeredView, Tree } from '@overlay-render/system'
import { afterAll, describe, expect, test } from 'vitest'

import { combineFaults, type InputGraph, KustomizeFault, walkInputs } from '../src/index.ts'
import { makeTree, removeTrees } from './scratch-tree.ts'

const CM = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'

afterAll(removeTrees)

function walk(root: string, boundary: string, version = '4.5.4'): InputGraph {
  const shown = (path: string): string => path.replace(`${boundary}/`, '')
  return walkInputs(root, { tree: new Tree(diskView, { boundary: [boundary], shown }), version })
}

describe('a graph', () => {
  test('has the role, the written path and the position of every file', async () => {
    const tree = await makeTree({
      'ov/kustomization.yaml': [
        'resources: [../base, cm.yaml]',
        'components: [../part]',
        'patches:',
        '- path: p.yaml',
        '  target: {kind: ConfigMap}',
        'patchesJson6902: [{path: j.yaml, target: {kind: X, name: z}}]',
        'patchesStrategicMerge: [s.yaml]',
        'configurations: [c.yaml]',
        'crds: [crd.json]',
        'openapi: {path: schema.json}',
        'replacements: [{path: r.yaml}]',
        'transformers: [t.yaml]',
        'configMapGenerator: [{name: g, files: [key=sub/data.txt], envs: [e.env]}]',
        'secretGenerator: [{name: s, files: [token], env: s.env, literals: [user=hunter2]}]',
      ].join('\n'),
      ...Object.fromEntries(
        ['cm', 'p', 'j', 's', 'c', 'r'].map((name) => [`ov/${name}.yaml`, name === 'cm' ? CM : '[]\n']),
      ),
      'ov/crd.json': '{}',
      'ov/schema.json': '{}',
      'ov/t.yaml': 'apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: t}\npath: tp.yaml\n',
      'ov/tp.yaml': '[]\n',
      'ov/sub/data.txt': '-> ../deep/data.txt',
      'ov/deep/data.txt': 'x',
      'ov/e.env': 'A=1\n',
      'ov/s.env': 'B=2\n',
      'ov/token': 'x',
      'base/kustomization.yml': 'resources: [b.yaml]\n',
      'base/b.yaml': CM,
      'part/Kustomization': 'kind: Component\n',
    })
    const graph = walk(join(tree, 'ov'), tree)
    expect([graph.faults, graph.missing]).toEqual([[], []])
    const named = graph.files.map(({ role, written, position }) => {
      return [
        role,
        written,
        position === undefined ? '' : `${position.file}:${position.line}:${position.column}`,
      ]
    })
    expect(new Set(named.map((row) => row.join(' ')))).toEqual(
      new Set([
        'kustomization kustomization.yaml ',
        'resource cm.yaml ov/kustomization.yaml:1:22',
        'kustomization kustomization.yml ov/kustomization.yaml:1:13',
        'resource b.yaml base/kustomization.yml:1:13',
        'kustomization Kustomization ov/kustomization.yaml:2:14',
        'patch p.yaml ov/kustomization.yaml:4:9',
        'patch j.yaml ov/kustomization.yaml:6:26',
        'patch s.yaml ov/kustomization.yaml:7:25',
        'configuration c.yaml ov/kustomization.yaml:8:18',
        'crd crd.json ov/kustomization.yaml:9:8',
        'openapi schema.json ov/kustomization.yaml:10:17',
        'replacement r.yaml ov/kustomization.yaml:11:23',
        'plugin t.yaml ov/kustomization.yaml:12:16',
        'patch tp.yaml ov/t.yaml:4:7',
        'configmap-file sub/data.txt ov/kustomization.yaml:13:40',
        'configmap-env e.env ov/kustomization.yaml:13:66',
        'secret-file token ov/kustomization.yaml:14:37',
        'secret-env s.env ov/kustomization.yaml:14:50',
      ]),
    )
    expect(graph.roots.map(({ path, kind }) => [path.slice(tree.length), kind])).toEqual([
      ['/ov', 'Kustomization'],
      ['/base', 'Kustomization'],
      ['/part', 'Component'],
    ])
    expect(graph.links).toEqual([{ path: join(tree, 'ov/sub/data.txt'), target: '../deep/data.txt' }])
    expect(graph.realFiles).toContain(join(tree, 'ov/deep/data.txt'))
    expect(graph.absent).toContain(join(tree, 'base/Kustomization'))
  })

  test('has the sources of every generator, but no values of literals', async () => {
    const tree = await makeTree({
      'kustomization.yaml':
        'secretGenerator:\n- name: s\n  namespace: ns\n  behavior: replace\n  files: [token, k=dir/other]\n  envs: [s.env]\n  literals: [user=hunter2]\n',
      token: 'x',
    })
    const graph = walk(tree, tree)
    expect(graph.generators).toEqual([
      {
        kind: 'Secret',
        name: 's',
        namespace: 'ns',
        behavior: 'replace',
        root: tree,
        position: { file: 'kustomization.yaml', line: 2, column: 3 },
        literalKeys: ['user'],
        sources: [
          source(tree, 'file', 'token', 'token', true, [5, 11]),
          source(tree, 'file', 'k', 'dir/other', false, [5, 18]),
          source(tree, 'env', undefined, 's.env', false, [6, 10]),
        ],
      },
    ])
    expect(JSON.stringify(graph)).not.toContain('hunter2')
    expect(graph.missing.map(({ shown, role, generator }) => [shown, role, generator?.name])).toEqual([
      ['dir/other', 'secret-file', 's'],
      ['s.env', 'secret-env', 's'],
    ])
  })

  test('calls `supply` for each generator file before looking it up', async () => {
    const tree = await makeTree({
      'kustomization.yaml':
        'secretGenerator: [{name: s, envs: [s.env], files: [left]}]\nconfigMapGenerator: [{name: c, files: [k=gone]}]\n',
      's.env': 'TOKEN\n',
    })
    const layer = new LayeredView(diskView)
    const staged = new Tree(layer, { boundary: [tree] })
    const wanted: string[] = []
    const graph = walkInputs(tree, {
      tree: staged,
      version: '4.5.4',
      supply({ kind, form, written, path }) {
        wanted.push(`${kind} ${form} ${written}`)
        if (written === 'left') return
        layer.addFile(path, Buffer.from('STUB=x\n'))
        staged.forget()
      },
    })
    expect(wanted).toEqual(['ConfigMap file gone', 'Secret file left', 'Secret env s.env'])
    expect([graph.missing.length, graph.faults]).toEqual([1, []])
  })

  test('has a missing file once, with a hint for its role', async () => {
    const tree = await makeTree({
      'kustomization.yaml':
        'resources: [r.yaml]\nconfigMapGenerator: [{name: a, files: &f [x]}, {name: b, files: *f}]\nsecretGenerator: [{name: s, files: [yy]}]\n',
    })
    expect(walk(tree, tree).missing.map(({ fault }) => [fault.message, fault.hint?.slice(0, 24)])).toEqual([
      ['kustomization.yaml:1:13: resource r.yaml does not exist', 'if it is not in git, cre'],
      ['kustomization.yaml:2:43: file x of ConfigMap a does not exist', 'if it is not in git, cre'],
      ['kustomization.yaml:3:37: secret file yy of Secret s does not exist', 'put the secret there, or'],
    ])
  })

  test('has files that are only in a layer over the tree', async () => {
    const tree = await makeTree({ 'kustomization.yaml': 'resources: [gen/r.yaml, a.yaml]\n', 'a.yaml': CM })
    const layer = new LayeredView(diskView)
    layer.addFile(join(tree, 'gen/r.yaml'), Buffer.from(CM))
    const graph = walkInputs(tree, { tree: new Tree(layer, { boundary: [tree] }), version: '4.5.4' })
    expect([graph.missing, graph.faults, graph.realFiles.length]).toEqual([[], [], 3])
  })

  test('has the real path of a root that is opened through a link', async () => {
    const tree = await makeTree({
      'ov/kustomization.yaml': 'resources: [a.yaml]\n',
      'ov/a.yaml': CM,
      link: '-> ov',
    })
    const graph = walk(join(tree, 'link'), tree)
    expect([graph.root, graph.links]).toEqual([
      join(tree, 'ov'),
      [{ path: join(tree, 'link'), target: 'ov' }],
    ])
  })
})

function source(
  tree: string,
  form: 'file' | 'env',
  key: string | undefined,
  written: string,
  exists: boolean,
  [line, column]: readonly [number, number],
): unknown {
  const path = join(tree, written)
  return {
    form,
    key,
    written,
    path,
    real: path,
    exists,
    position: { file: 'kustomization.yaml', line, column },
  }
}

describe('a walk reports', () => {
  test('a base whose real path is outside the boundary', async () => {
    const tree = await makeTree({
      'repo/ov/kustomization.yaml': 'resources: [../../other, ../link]\n',
      'repo/link': '-> ../other',
      'other/kustomization.yaml': '',
    })
    const graph = walk(join(tree, 'repo/ov'), join(tree, 'repo'))
    expect(graph.faults.map(({ code, position }) => [code, position?.column])).toEqual([
      ['outside-boundary', 13],
      ['outside-boundary', 26],
    ])
  })

  test('an overlay that does not exist or is a file', async () => {
    const tree = await makeTree({ file: '' })
    const messages = ['nowhere', 'file'].map((name) => walk(join(tree, name), tree).faults[0]?.message)
    expect(messages).toEqual(['nowhere does not exist', 'file is not a folder'])
  })

  test.each([
    ['5.0.4', []],
    ['5.1.1', []],
    ['5.2.1', ['patch-empty']],
    ['5.5.0', ['patch-empty']],
    ['5.6.0', ['patch-empty']],
    ['5.7.0', []],
    ['4.5.4', []],
  ])('an empty list of operations with kustomize %s: %j', async (version, codes) => {
    const tree = await makeTree({
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: ConfigMap}}]\n',
      'a.yaml': CM,
      'p.yaml': '# nothing here\n[ ]\n',
    })
    const { faults } = walk(tree, tree, version)
    expect(faults.map(({ code }) => code)).toEqual(codes)
    const said = faults.map(({ message, hint }) => `${message}; ${hint}`).join()
    expect(said).toMatch(codes.length === 0 ? /^$/u : /5\.2 to 5\.6.*5\.7 or later accept it/u)
  })

  test.each([
    ['4.5.4', ''],
    ['5.0.4', ''],
    ['5.8.1', 'kustomization-empty'],
  ])('an empty kustomization with kustomize %s: "%s"', async (version, code) => {
    const tree = await makeTree({
      'kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\n# nothing\n',
    })
    expect(
      walk(tree, tree, version)
        .faults.map((fault) => fault.code)
        .join(),
    ).toBe(code)
  })

  test('extreme nesting and alias bombs, without a crash', async () => {
    const deep = await makeTree({ 'kustomization.yaml': `namePrefix: ${'['.repeat(50_000)}` })
    expect(walk(deep, deep).faults.map(({ code }) => code)).toEqual(['kustomization-syntax'])
    const levels = Array.from({ length: 40 }, (_, i) => `a${i}: &a${i} {<<: [*a${i - 1}, *a${i - 1}]}`).slice(
      1,
    )
    const bomb = await makeTree({ 'kustomization.yaml': `a0: &a0 {x: y}\n${levels.join('\n')}\n<<: *a39\n` })
    expect(walk(bomb, bomb).faults.every(({ code }) => code === 'key-unknown')).toBe(true)
  })

  test('several faults as one fault that lists them', async () => {
    const tree = await makeTree({
      'kustomization.yaml': 'resources:\n- https://a.example/x\n- github.com/o/r?ref=v1\n',
    })
    const fault = combineFaults(walk(tree, tree).faults)
    expect(fault).toBeInstanceOf(KustomizeFault)
    expect(fault.message).toBe('2 URLs and git remotes are used, and network access is off')
    expect(fault.details).toEqual([
      'kustomization.yaml:2:3: "https://a.example/x" is a URL, and network access is off',
      'kustomization.yaml:3:3: "github.com/o/r?ref=v1" is a git remote, and network access is off',
    ])
    expect(fault.hint).toContain('kustomize: {network: true}')
  })
})
