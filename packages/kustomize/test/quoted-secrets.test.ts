import { diskView, Tree } from '@overlay-render/system'
import { afterAll, expect, test } from 'vitest'

import { buildKustomize, KustomizeFault, walkInputs } from '../src/index.ts'
import { allKustomizes } from './oracles.ts'
import { makeTree, removeTrees } from './scratch-tree.ts'

afterAll(removeTrees)

/** A secret with several parts; none may be shown. */
const VALUE = 'CANARYone/CANARYtwo'
const ENCODED = Buffer.from(VALUE).toString('base64')

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {b: x}\n'
const DEPLOYMENTS = ['c', 'd']
  .map((name) => `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\n`)
  .join('---\n')

type Files = Readonly<Record<string, string>>

/** One way to write a Secret `s` with a value at `path`: its files, and the fields of its kustomization. */
interface Spelling {
  readonly path: string
  readonly fields: string
  readonly files?: Files
}

const secret = (field: string, head = 'apiVersion: v1\nkind: Secret'): string =>
  `${head}\nmetadata: {name: s}\n${field}\n`
const inFile = (path: string, text: string): Spelling => ({
  path,
  fields: 'resources: [s.yaml, c.yaml]',
  files: { 's.yaml': text },
})
const patched = (fields: string, files: Files = {}): Spelling => ({
  path: 'stringData.a',
  fields: `resources: [s.yaml, c.yaml]\n${fields}`,
  files: { 's.yaml': secret('stringData: {a: other}'), ...files },
})
const generated = (fields: string, files: Files = {}): Spelling => ({
  path: 'data.a',
  fields: `resources: [c.yaml]\ngeneratorOptions: {disableNameSuffixHash: true}\nsecretGenerator: [{name: s, ${fields}}]`,
  files,
})

const SPELLINGS: Readonly<Record<string, Spelling>> = {
  stringData: inFile('stringData.a', secret(`stringData: {a: ${VALUE}}`)),
  data: inFile('data.a', secret(`data: {a: ${ENCODED}}`)),
  'data that is not base64': inFile('data.a', secret(`data: {a: "${VALUE}"}`)),
  'misspelt stringdata': inFile('stringdata.a', secret(`stringdata: {a: ${VALUE}}`)),
  'another field': inFile('spec.a', secret(`spec: {a: ${VALUE}}`)),
  'a top-level field': inFile('a', secret(`a: ${VALUE}`)),
  'an escaped kind': inFile(
    'stringData.a',
    secret(`stringData: {a: ${VALUE}}`, 'apiVersion: v1\nkind: "\\u0053ecret"'),
  ),
  'an anchor': inFile('stringData.a', secret(`stringData: {z: &v "${VALUE}", a: *v}`)),
  'quotes and special characters': inFile('stringData.a', secret(`stringData: {a: '"it''s <${VALUE}>"'}`)),
  'several lines': inFile(
    'stringData.a',
    secret(`stringData:\n  a: |\n    CANARYfirst line\n    ${VALUE}\n      CANARYlast: "q"`),
  ),
  'a folded text': inFile(
    'stringData.a',
    secret(`stringData:\n  a: >-\n    CANARYlong ${'words CANARY '.repeat(20)}\n    ${VALUE}`),
  ),
  'a List': inFile(
    'stringData.a',
    `apiVersion: v1\nkind: List\nitems:\n- ${secret(`stringData: {a: ${VALUE}}`).trimEnd().replaceAll('\n', '\n  ')}\n`,
  ),
  'a patch file': patched('patches: [{path: p.yaml}]', { 'p.yaml': secret(`stringData: {a: ${VALUE}}`) }),
  'an inline patch': patched(
    `patches:\n- patch: |\n    ${secret(`stringData: {a: ${VALUE}}`).trimEnd().replaceAll('\n', '\n    ')}`,
  ),
  'operations on a kind': patched(
    `patches: [{target: {kind: Secret}, patch: '[{op: replace, path: /stringData/a, value: ${VALUE}}]'}]`,
  ),
  'operations on a name': patched('patches: [{target: {name: s}, path: p.yaml}]', {
    'p.yaml': `- {op: replace, path: /stringData/a, value: ${VALUE}}\n`,
  }),
  'a literal': generated(`literals: [a=${VALUE}]`),
  'a literal in quotes': generated(`literals: ['a="${VALUE}"']`),
  'a generated file': generated('files: [a]', { a: `${VALUE}\n` }),
  'a long generated file': generated('files: [a]', { a: `${VALUE}\n`.repeat(9) }),
  'an env file': generated('envs: [e.env]', { 'e.env': `a=${VALUE}\n` }),
}

/** Errors for which kustomize quotes the value at a path. */
const FAILURES: Readonly<Record<string, (path: string) => Files>> = {
  'an index out of bounds': (path) => replacement(path, 'ConfigMap', 'data.b', "{delimiter: '#', index: 9}"),
  'an index out of bounds after a split': (path) =>
    replacement(path, 'ConfigMap', 'data.b', "{delimiter: '/', index: 9}"),
  'two resources with one name': (path) => replacement(path, 'Deployment', 'metadata.name'),
  'two resources named after a part of it': (path) =>
    replacement(path, 'Deployment', 'metadata.name', "{delimiter: '/', index: 1}"),
  'a node of the wrong kind': (path) => ({
    r: `replacements:\n- source: {kind: ConfigMap, name: c, fieldPath: data.b}\n  targets: [{select: {kind: Secret}, fieldPaths: [${path}.x]}]\n`,
  }),
  'an invalid number': (path) => replacement(path, 'Deployment', 'spec.replicas.x'),
  'an invalid list': (path) => ({
    r: `replacements:\n- source: {kind: ConfigMap, name: c, fieldPath: data.b}\n  targets: [{select: {kind: Secret}, fieldPaths: ["${path}.[x=y].z"]}]\n`,
  }),
}

function replacement(path: string, kind: string, target: string, options = '{}'): Files {
  const source = `{kind: Secret, name: s, fieldPath: ${path}, options: ${options}}`
  return {
    r: `replacements:\n- source: ${source}\n  targets: [{select: {kind: ${kind}}, fieldPaths: [${target}], options: {create: true}}]\n`,
  }
}

/** All text of a fault. */
function allOf({ message, hint, details, verbose, position }: KustomizeFault): string {
  return [message, hint, ...details, verbose, JSON.stringify(position)].join('\n')
}

async function failuresOf(files: Files): Promise<string[]> {
  const root = await makeTree(files)
  const said: string[] = []
  for (const kustomize of await allKustomizes()) {
    const tree = new Tree(diskView, { boundary: [root] })
    const graph = walkInputs(root, { tree, version: kustomize.version })
    const faults = [...graph.faults, ...graph.missing.map(({ fault }) => fault)]
    if (faults.length > 0) said.push(...faults.map((fault) => allOf(fault)))
    try {
      await buildKustomize({ kustomize, root, graph })
    } catch (error) {
      if (!(error instanceof KustomizeFault)) throw error
      said.push(allOf(error))
    }
  }
  return said
}

const LEAK = /CANARY|Q0FOQVJZ|NBTkFSW|DQU5BUl/u

test.each(Object.entries(FAILURES))(
  '%s shows no value, however the Secret is written',
  async (_, fail) => {
    let failures = 0
    for (const [spelling, { path, fields, files }] of Object.entries(SPELLINGS)) {
      const said = await failuresOf({
        'c.yaml': `${CONFIG_MAP}---\n${DEPLOYMENTS}`,
        'kustomization.yaml': `${fields}\n${fail(path)['r'] ?? ''}`,
        ...files,
      })
      failures += said.length
      for (const text of said) expect(LEAK.exec(text) === null ? '' : `${spelling}: ${text}`).toBe('')
    }
    expect(failures).toBeGreaterThan(0)
  },
  120_000,
)

const MANIFESTS = [
  `|\n  ${secret(`stringData: {a: ${VALUE}}`).replaceAll('\n', '\n  ')}`,
  `'{"kind": "Secret", "stringData": {"a": "${VALUE}"}}'`,
  `'kind: ${VALUE}'`,
]

test.each(MANIFESTS)('a manifest instead of a path is not shown: %j', async (text) => {
  for (const field of ['resources', 'components', 'patchesStrategicMerge']) {
    const said = await failuresOf({ 'kustomization.yaml': `${field}:\n- ${text}\n`, 'c.yaml': CONFIG_MAP })
    expect(said).not.toEqual([])
    for (const line of said) expect(line).not.toMatch(LEAK)
  }
})

test('a namespace set by a patch for any kind is not secret', async () => {
  const patch = '[{"op": "replace", "path": "/metadata/namespace", "value": "public"}]'
  const said = await failuresOf({
    'kustomization.yaml': `resources: [a.yaml]\npatches: [{target: {name: .*}, patch: '${patch}'}]\n`,
    'a.yaml': ['one', 'two']
      .map((namespace) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: ${namespace}}\n`)
      .join('---\n'),
  })
  expect(said.length).toBeGreaterThan(0)
  for (const text of said) expect(text).toContain('ConfigMap a in namespace public')
})
