import { describe, expect, test } from 'vitest'

import { GoldenFault, parseManifests, type Resource } from '../src/index.ts'
import { document } from './support/manifests.ts'

const idsOf = (text: string): string[] =>
  parseManifests(text, { file: 'm.yaml' }).resources.map(({ id }) =>
    [id.apiVersion, id.kind, id.namespace, id.name].join(' '),
  )

describe('identities', () => {
  test.each([
    [
      'block style',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\n  namespace: b\n',
      'apps/v1 Deployment b a',
    ],
    ['flow style', '{apiVersion: v1, kind: Pod, metadata: {name: a}}\n', 'v1 Pod  a'],
    ['JSON', '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}', 'v1 Pod  a'],
    ['quotes', 'apiVersion: "v1"\nkind: \'Pod\'\nmetadata:\n  name: "a"\n', 'v1 Pod  a'],
    ['comments after', 'apiVersion: v1 # x\nkind: Pod # y\nmetadata: # z\n  name: a # w\n', 'v1 Pod  a'],
    [
      'another indent',
      'apiVersion: v1\nkind: Pod\nmetadata:\n    labels:\n      name: wrong\n    name: a\n',
      'v1 Pod  a',
    ],
    ['one space', 'apiVersion: v1\nkind: Pod\nmetadata:\n labels:\n  name: wrong\n name: a\n', 'v1 Pod  a'],
    [
      'a name within labels',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    name: wrong\n  name: a\n',
      'v1 Pod  a',
    ],
    [
      'a literal block that looks like keys',
      'apiVersion: v1\ndata:\n  x: |\n    kind: Wrong\n    metadata:\n      name: wrong\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: |\n      x\n  name: a\n',
      'v1 ConfigMap  a',
    ],
    [
      'a name that YAML could take for another type',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: "true"\n',
      'v1 Pod  true',
    ],
    ['Windows line ends', 'apiVersion: v1\r\nkind: Pod\r\nmetadata:\r\n  name: a\r\n', 'v1 Pod  a'],
    ['a byte order mark', '\uFEFFapiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n', 'v1 Pod  a'],
    ['a kind that ends in List', document('AccessList', 'a', '', 'x/v1', ''), 'x/v1 AccessList  a'],
  ])('are found in %s', (_, text, expected) => {
    expect(idsOf(text)).toEqual([expected])
  })
})

describe('documents', () => {
  const a = document('Pod', 'a')
  const b = document('Pod', 'b')
  test.each([
    ['a marker between them', `${a}---\n${b}`],
    ['markers around them', `---\n${a}---\n${b}---\n`],
    ['a comment after the marker', `--- # first\n${a}--- # second\n${b}`],
    ['Windows line ends', `${a}---\n${b}`.replaceAll('\n', '\r\n')],
    ['documents with only comments', `# file\n---\n${a}---\n# nothing\n\n---\n${b}`],
    ['a null document', `${a}---\nnull\n---\n${b}`],
    ['no newline at the end', `${a}---\n${b.trimEnd()}`],
  ])('are split at %s', (_, text) => {
    expect(idsOf(text)).toEqual(['v1 Pod prow a', 'v1 Pod prow b'])
  })

  test('are not split within a literal block', () => {
    const text = document('ConfigMap', 'a', 'data:\n  x: |\n    ---\n    a: 1\n    --- b\n')
    expect(parseManifests(text, { file: 'm' }).resources[0]?.value['data']).toEqual({
      x: '---\na: 1\n--- b\n',
    })
  })

  test('have their start positions, and are found by identity', () => {
    const manifests = parseManifests(`# c\n---\n${a}---\n${b}`, { file: 'm.yaml' })
    const [, second] = manifests.resources
    expect(second?.position).toEqual({ file: 'm.yaml', line: 9, column: 1 })
    expect(manifests.find({ apiVersion: 'v1', kind: 'Pod', namespace: 'prow', name: 'b' })).toBe(second)
    expect(manifests.find({ apiVersion: 'v1', kind: 'Pod', namespace: '', name: 'b' })).toBeUndefined()
  })

  test('may be absent', () => {
    expect(parseManifests('', { file: 'm' }).resources).toEqual([])
    expect(parseManifests(new Uint8Array(), { file: 'm' }).resources).toEqual([])
  })
})

describe('a List whose items are wanted', () => {
  const read = (text: string): readonly Resource[] =>
    parseManifests(text, { file: 'm.yaml', expandsLists: true }).resources
  const list = (...items: string[]): string =>
    `apiVersion: v1\nkind: List\nitems:\n${items.map((item) => `- ${item.trimEnd().replaceAll('\n', '\n  ')}\n`).join('')}`
  const a = document('Pod', 'a')
  const script = document('ConfigMap', 'b', 'data:\n  # kept\n  x: |\n    one\n      two\n')

  test.each([
    ['is its items, as they are written', list(a, script), [a, script]],
    ['may hold a List', list(list(a), script), [a, script]],
    ['may be of one kind', list(a).replace('kind: List', 'kind: PodList'), [a]],
    ['may be empty', list().replace('items:', 'items: []'), []],
    ['may have no items', list().replace('items:\n', ''), []],
  ])('%s', (_, text, texts) => {
    expect(read(text).map((resource) => resource.text)).toEqual(texts)
  })

  test.each([
    ['JSON', '{"kind": "List", "items": [{"kind": "Pod", "metadata": {"name": "a"}}]}'],
    ['an alias', 'kind: List\nx: &m {name: a}\nitems:\n- kind: Pod\n  metadata: *m\n'],
    ['a text with less indentation', 'kind: List\nitems:\n  - kind: Pod\n    metadata: {name: "a\n "}\n'],
  ])('with %s has its items as JSON', (_, text) => {
    const [pod, ...others] = read(text)
    expect(pod?.text.startsWith('{')).toBe(true)
    expect(pod?.value).toMatchObject({ kind: 'Pod', metadata: { name: expect.stringMatching(/^a/u) } })
    expect(others).toEqual([])
  })

  test('says where an item is', () => {
    const [, second] = read(`# c\n${list(a, script)}`)
    expect(second?.position).toEqual({ file: 'm.yaml', line: 10, column: 3 })
    expect(() => read(`${a}---\n${list('apiVersion: v1\nkind: Pod\n')}`)).toThrow(
      /^m\.yaml:10:3: the Pod has no/u,
    )
  })
})

describe('faults', () => {
  const a = document('Pod', 'a')
  const faultOf = (text: string | Uint8Array): GoldenFault => {
    try {
      for (const resource of parseManifests(text, { file: 'm.yaml' }).resources)
        expect(resource.value).toBeDefined()
    } catch (error) {
      if (error instanceof GoldenFault) return error
      throw error
    }
    throw new Error('no fault')
  }

  test.each([
    ['conflict markers', `${a}<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n`, 'conflict-markers', 6, 1],
    ['invalid YAML', `${a}---\n${a.replace('name: a', 'name: "b')}`, 'not-yaml', 12, undefined],
    ['a duplicate key', `${a}spec: 1\nspec: 2\n`, 'not-yaml', 7, 1],
    ['no kind', `${a}---\napiVersion: v1\nmetadata: {name: x}\n`, 'no-kind', 7, 1],
    ['no name', `${a}---\napiVersion: v1\nkind: Pod\n`, 'no-name', 7, 1],
    ['a List', `${a}---\napiVersion: v1\nkind: List\nitems: []\n`, 'list-kind', 7, 1],
    [
      'a list of one kind',
      'apiVersion: v1\nkind: ConfigMapList\nmetadata: {}\nitems: []\n',
      'list-kind',
      1,
      1,
    ],
    ['no map', `${a}---\n- a\n`, 'not-a-resource', 7, 1],
    ['a scalar', 'just text\n', 'not-a-resource', 1, 1],
    ['bytes that are not UTF-8', new Uint8Array([0xff, 0xfe, 0x41]), 'not-yaml', 1, 1],
  ])('%s', (_, text, code, line, column) => {
    const fault = faultOf(text)
    expect(fault.code).toBe(code)
    expect(fault.position).toMatchObject({
      file: 'm.yaml',
      line,
      ...(column === undefined ? {} : { column }),
    })
    expect(fault.blame).toBe('input')
  })

  test('a conflict marker within a literal block is allowed', () => {
    const text = document('ConfigMap', 'a', 'data:\n  x: |\n    <<<<<<< HEAD\n    =======\n    >>>>>>> x\n')
    expect(parseManifests(text, { file: 'm' }).resources).toHaveLength(1)
  })

  test('the error for an invalid Secret does not quote its text', () => {
    const fault = faultOf(document('Secret', 'a', 'stringData:\n  canary: [*canary7731\n'))
    expect(fault).toMatchObject({ code: 'not-yaml', source: undefined, details: [] })
    expect(`${fault.message}${fault.hint ?? ''}`).not.toContain('canary')
  })
})
