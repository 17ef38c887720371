import { describe, expect, test } from 'vitest'

import { formatId } from '../src/index.ts'
import { changesOf, diffOf, document } from './support/manifests.ts'

const indent = (text: string, by: number): string => text.replace(/^(?=.)/gmu, ' '.repeat(by))
const config = (text: string): string =>
  document('ConfigMap', 'config', `data:\n  config.yaml: |\n${indent(text, 4)}`)
const pod = (spec: string): string => document('Pod', 'deck', `spec:\n${indent(spec, 2)}`)

describe('no difference', () => {
  const both = [document('Service', 'a', 'spec: {type: NodePort, ports: []}\n'), document('Service', 'b')]

  test.each([
    ['the order of documents', both.join('---\n'), both.toReversed().join('---\n')],
    ['the order of keys', pod('a: 1\nb: 2\n'), pod('b: 2\na: 1\n')],
    ['block and flow style', pod('a: {b: [1, 2]}\n'), pod('a:\n  b:\n  - 1\n  - 2\n')],
    ['quotes and comments', pod('a: "x" # why\n'), pod("a: 'x'\n")],
    [
      'anchors and merge keys',
      pod('a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\n'),
      pod('a: {b: 1}\nc: {b: 1}\nd: {b: 1, e: 2}\n'),
    ],
    ['line ends', pod('a: |\n  x\n  y\n'), pod('a: |\n  x\n  y\n').replaceAll('\n', '\r\n')],
  ])('%s', (_, before, after) => {
    expect(diffOf(before, after).resources).toEqual([])
  })

  test('integers beyond 2^53 are distinguished, and shown with all digits', () => {
    const diff = diffOf(pod('a: 9007199254740993\n'), pod('a: 9007199254740992\n'))
    expect(diff.resources[0]?.changes).toMatchObject([
      { before: 9007199254740993n, after: 9007199254740992n },
    ])
  })
})

describe('values', () => {
  test.each([
    ['a: 1\n', 'a: 2\n', ['~ spec.a: 1 -> 2']],
    ['a: 1\n', 'a: "1"\n', ['~ spec.a: 1 -> "1"']],
    ['a: 1\n', 'b: 1\n', ['- spec.a: 1', '+ spec.b: 1']],
    ['a: {b: 1}\n', 'a: [1]\n', ['~ spec.a: {"b":1} -> [1]']],
    ['a: null\n', 'a: {}\n', ['~ spec.a: null -> {}']],
    ['a.b: {"c d": 1}\n', 'a.b: {"c d": 2}\n', ['~ spec["a.b"]["c d"]: 1 -> 2']],
    ['__proto__: {a: 1}\n', '__proto__: {a: 2}\n', ['~ spec.__proto__.a: 1 -> 2']],
    ['a: "x\\ny\\n"\n', 'a: "x\\nz\\n"\n', ['# spec.a: lines -1 +1']],
  ])('%j to %j', (before, after, expected) => {
    expect(changesOf(diffOf(pod(before), pod(after)))).toEqual(expected)
  })
})

describe('lists', () => {
  test.each([
    [
      'containers are matched by name',
      'containers: [{name: a, image: x:1}, {name: b, image: y:1}]',
      'containers: [{name: b, image: y:2}, {name: a, image: x:1}]',
      [
        '% spec.containers: name=a name=b -> name=b name=a',
        '~ spec.containers[name=b].image: "y:1" -> "y:2"',
      ],
    ],
    [
      'an added container does not move others',
      'containers: [{name: a}, {name: b}]',
      'containers: [{name: new}, {name: a}, {name: b}]',
      ['+ spec.containers[name=new]: {"name":"new"}'],
    ],
    [
      'ports are matched by number and protocol',
      'ports: [{containerPort: 53, protocol: UDP}, {containerPort: 53}]',
      'ports: [{containerPort: 53, protocol: TCP}, {containerPort: 53, protocol: UDP, hostPort: 1}]',
      [
        '% spec.ports: containerPort=53,protocol=UDP containerPort=53,protocol=TCP -> containerPort=53,protocol=TCP containerPort=53,protocol=UDP',
        '+ spec.ports[containerPort=53,protocol=TCP].protocol: "TCP"',
        '+ spec.ports[containerPort=53,protocol=UDP].hostPort: 1',
      ],
    ],
    [
      'a port with a new number is matched by name',
      'ports: [{name: http, containerPort: 80}, {name: https, containerPort: 443}]',
      'ports: [{name: http, containerPort: 8080}, {name: https, containerPort: 443}]',
      ['~ spec.ports[containerPort=8080,protocol=TCP].containerPort: 80 -> 8080'],
    ],
    [
      'volume mounts are matched by their path',
      'volumeMounts: [{name: v, mountPath: /a}, {name: v, mountPath: /b}]',
      'volumeMounts: [{name: v, mountPath: /a}, {name: v, mountPath: /b, readOnly: true}]',
      ['+ spec.volumeMounts[mountPath=/b].readOnly: true'],
    ],
    [
      'items with the same name are matched by content',
      'env: [{name: A, value: 1}, {name: A, value: 2}]',
      'env: [{name: A, value: 1}, {name: A, value: 3}]',
      ['~ spec.env[1] (A).value: 2 -> 3'],
    ],
    [
      'the only renamed item with the same content',
      'rules: [{host: a, http: {paths: [x]}}, {host: b, http: {paths: [y]}}]',
      'rules: [{host: a, http: {paths: [x]}}, {host: c, http: {paths: [y]}}]',
      ['~ spec.rules[host=c].host: "b" -> "c"'],
    ],
    [
      'two items that share only a word are not matched',
      'env: [{name: A, value: x}, {name: B, value: "true"}]',
      'env: [{name: A, value: x}, {name: C, value: "true"}]',
      ['- spec.env[name=B]: {"name":"B","value":"true"}', '+ spec.env[name=C]: {"name":"C","value":"true"}'],
    ],
    [
      'a changed argument is one change',
      'args: [--a=1, --b, --c]',
      'args: [--a=2, --b, --c]',
      ['~ spec.args[0]: "--a=1" -> "--a=2"'],
    ],
    [
      'an inserted argument does not move others',
      'args: [a, b, c]',
      'args: [a, x, b, c]',
      ['+ spec.args[1]: "x"'],
    ],
    ['a removed argument does not move others', 'args: [a, b, c]', 'args: [b, c]', ['- spec.args[0]: "a"']],
    ['a changed order is one change', 'args: [a, b, b]', 'args: [b, a, b]', ['% spec.args: a b b -> b a b']],
    [
      'items with an id instead of a name',
      'x: [{id: 1, v: 1}, {id: 2, v: 1}]',
      'x: [{id: 2, v: 2}, {id: 1, v: 1}]',
      ['% spec.x: id=1 id=2 -> id=2 id=1', '~ spec.x[id=2].v: 1 -> 2'],
    ],
    [
      'rules of a role are matched by their resources',
      'rules: [{apiGroups: [""], resources: [pods], verbs: [get]}, {nonResourceURLs: [/a], verbs: [get]}]',
      'rules: [{apiGroups: [b], resources: [jobs], verbs: [get]}, {nonResourceURLs: [/a], verbs: [put]}, {apiGroups: [""], resources: [pods], verbs: [get, list]}]',
      [
        '% spec.rules: resources=pods nonResourceURLs=/a -> apiGroups=b,resources=jobs nonResourceURLs=/a resources=pods',
        '+ spec.rules[apiGroups=b,resources=jobs]: {"apiGroups":["b"],"resources":["jobs"],"verbs":["get"]}',
        '~ spec.rules[nonResourceURLs=/a].verbs[0]: "get" -> "put"',
        '+ spec.rules[resources=pods].verbs[1]: "list"',
      ],
    ],
    [
      'rules of a role with additional resources',
      'rules: [{apiGroups: [a], resources: [x], verbs: [get]}, {apiGroups: [b], resources: [y], verbs: [get]}]',
      'rules: [{apiGroups: [a], resources: [x, z], verbs: [get]}, {apiGroups: [b], resources: [y, z], verbs: [get]}]',
      [
        '+ spec.rules[apiGroups=a,resources=x,z].resources[1]: "z"',
        '+ spec.rules[apiGroups=b,resources=y,z].resources[1]: "z"',
      ],
    ],
    [
      'rules without a key',
      'rules: [{matches: [{path: a}]}]',
      'rules: [{matches: [{path: b}]}]',
      ['~ spec.rules[0].matches[0].path: "a" -> "b"'],
    ],
    [
      'an item without a key has its label as name',
      'presets: [{labels: {preset-a: "true"}, env: [1]}, {labels: {preset-a: "true"}, env: [2]}]',
      'presets: [{labels: {preset-a: "true"}, env: [1]}, {labels: {preset-a: "true"}, env: [3]}]',
      ['~ spec.presets[1] (preset-a).env[0]: 2 -> 3'],
    ],
    [
      'a moved item is moved, not removed and added',
      'args: [a, b, c, d, e]',
      'args: [a, d, b, x, e]',
      ['% spec.args: a b c d e -> a d b x e', '- spec.args[2]: "c"', '+ spec.args[3]: "x"'],
    ],
    [
      'a moved map among changed ones',
      'x: [{v: {a: 1}}, {v: {a: 2}}, {v: {a: 3}}]',
      'x: [{v: {a: 3}}, {v: {a: 1}}, {v: {a: 4}}]',
      [
        '% spec.x: {"v":{"a":1}} {"v":{"a":2}} {"v":{"a":3}} -> {"v":{"a":3}} {"v":{"a":1}} {"v":{"a":4}}',
        '- spec.x[1]: {"v":{"a":2}}',
        '+ spec.x[2]: {"v":{"a":4}}',
      ],
    ],
    [
      'a list without names',
      'x: [{v: 1}, {v: 2}]',
      'x: [{v: 2}, {v: 3}]',
      ['- spec.x[0]: {"v":1}', '+ spec.x[1]: {"v":3}'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(changesOf(diffOf(pod(`${before}\n`), pod(`${after}\n`)))).toEqual(expected)
  })

  test('a rule sets another key for a list, or none', () => {
    const before = pod('x: [{name: a, k: 1, v: 1}, {name: b, k: 2, v: 1}]\n')
    const after = pod('x: [{name: b, k: 1, v: 1}, {name: a, k: 2, v: 1}]\n')
    expect(changesOf(diffOf(before, after, { keys: [{ path: '$.spec.x', key: 'k' }] }))).toEqual([
      '~ spec.x[k=1].name: "a" -> "b"',
      '~ spec.x[k=2].name: "b" -> "a"',
    ])
    expect(changesOf(diffOf(before, after, { keys: [{ path: '$.spec.x', key: [] }] }))).toEqual([
      '~ spec.x[0].name: "a" -> "b"',
      '~ spec.x[1].name: "b" -> "a"',
    ])
  })

  test('two lists of thousands of different items are compared', () => {
    const list = (from: number): string =>
      `x: [${Array.from({ length: 5000 }, (_, index) => from + index).join(', ')}]\n`
    expect(diffOf(pod(list(0)), pod(list(100_000))).resources[0]?.changes).toHaveLength(5000)
  })
})

describe('embedded files', () => {
  test('a changed value is shown with its path', () => {
    const before = 'deck:\n  spyglass:\n    gcs_browser_prefix: a\ntide:\n  sync: 1m\n'
    expect(changesOf(diffOf(config(before), config(before.replace(': a', ': b'))))).toEqual([
      '~ data["config.yaml"] > .deck.spyglass.gcs_browser_prefix: "a" -> "b"',
    ])
  })

  test.each([
    [
      'an anchor that an unchanged part uses',
      'a: &x {v: 1}\nb: *x\n',
      'a: &x {v: 2}\nb: *x\n',
      ['.a.v', '.b.v'],
    ],
    [
      'an anchor of its own part',
      'a:\n- &x {v: 1}\n- *x\nb: 1\n',
      'a:\n- &x {v: 2}\n- *x\nb: 1\n',
      ['.a[0].v', '.a[1].v'],
    ],
    [
      'a merge of an unchanged part',
      'a: &x {v: 1}\nb:\n  <<: *x\n  w: 1\n',
      'a: &x {v: 1}\nb:\n  <<: *x\n  w: 2\n',
      ['.b.w'],
    ],
    ['an added part', 'a: 1\n', 'a: 1\nb: 2\n', ['.b']],
    ['a list at the root', '- a: 1\n- a: 2\n', '- a: 1\n- a: 3\n', ['[1].a']],
    ['several documents', 'a: 1\n---\na: 2\n', 'a: 1\n---\na: 3\n', ['[1].a']],
    ['JSON', '{"a": {"b": 1}, "c": [1]}\n', '{"c": [1], "a": {"b": 2}}\n', ['.a.b']],
    ['quoted keys', '"a b": 1\nc: 1\n', '"a b": 2\nc: 1\n', ['["a b"]']],
  ])('%s', (_, before, after, paths) => {
    const changes = changesOf(diffOf(config(before), config(after)))
    expect(changes.map((line) => line.replace(/^. data\["config\.yaml"\] > ([^:]*):.*$/u, '$1'))).toEqual(
      paths,
    )
  })

  test.each([
    ['yes', '"yes"', 'true -> "yes"'],
    ['on', "'on'", 'true -> "on"'],
    ['No', '"No"', 'false -> "No"'],
    ['12:30:45', '"12:30:45"', '"12:30:45" -> "12:30:45"'],
    ['2026-09-01', '"2026-09-01"', '"2026-09-01" -> "2026-09-01"'],
    ['2026-09-01', '2026-09-02', '"2026-09-01" -> "2026-09-02"'],
    ['yes', 'no', 'true -> false'],
  ])('is read as YAML 1.1: from %s to %s is a change of value', (before, after, change) => {
    const file = (value: string): string => config(`a: ${value}\nb: 1\n`)
    expect(changesOf(diffOf(file(before), file(after)))).toEqual([`~ data["config.yaml"] > .a: ${change}`])
    expect(diffOf(pod(`a: ${before}\n`), pod(`a: ${before}\n# c\n`)).resources).toEqual([])
  })

  test('a file within an annotation is compared as a tree', () => {
    const note = (value: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  annotations:\n    x: '${value}'\n`
    expect(changesOf(diffOf(note('{"a": [1, 2]}'), note('{"a": [1, 3]}')))).toEqual([
      '~ metadata.annotations.x > .a[1]: 2 -> 3',
    ])
  })

  test('a change of only comments and layout is reported as such', () => {
    expect(changesOf(diffOf(config('a: 1\nb: 2\n'), config('# why\nb: 2\na: 1\n')))).toEqual([
      '# data["config.yaml"]: layout -1 +2',
    ])
  })

  test.each([
    ['a script', '#!/bin/sh\nset -e\necho 1\n', '#!/bin/sh\nset -e\necho 2\n'],
    ['prose with colons', 'note: see: below\nmore: and: more\n', 'note: see: below\nmore: and: less\n'],
    ['a duplicate key', 'a: 1\na: 2\n', 'a: 1\na: 3\n'],
    ['a file that stopped being YAML', 'a: 1\nb: 2\n', 'a: 1\nb: [2\n'],
    ['a template', 'a: {{ .x }}\nb: {{ .y }}\n', 'a: {{ .x }}\nb: {{ .z }}\n'],
  ])('%s is compared line by line', (_, before, after) => {
    expect(changesOf(diffOf(config(before), config(after)))).toEqual(['# data["config.yaml"]: lines -1 +1'])
  })

  test('a single line is text, even if it is valid YAML', () => {
    const note = (text: string): string => document('ConfigMap', 'config', `data: {note: "${text}"}\n`)
    expect(changesOf(diffOf(note('see: below'), note('see: above')))).toEqual([
      '~ data.note: "see: below" -> "see: above"',
    ])
  })

  test('aliases that expand exponentially do not use up memory', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi', 'ij']) {
      bomb.push(`${to}: &${to} [${Array.from({ length: 10 }, () => `*${from}`).join(', ')}]`)
    }
    const text = `${bomb.join('\n')}\n`
    expect(changesOf(diffOf(config(text), config(text.replace('[x', '[y'))))).toEqual([
      '# data["config.yaml"]: lines -1 +1',
    ])
  })
})

describe('renames', () => {
  const names = (before: string, after: string): string[] =>
    diffOf(before, after).resources.map(({ kind, id, previousId, changes }) =>
      [kind, ...(previousId === undefined ? [] : [formatId(previousId)]), formatId(id), changes.length].join(
        ' ',
      ),
    )

  test.each([
    [
      'the hash of a generator',
      document('ConfigMap', 'config-5c8b2mkt6d', 'data: {a: "1"}\n'),
      document('ConfigMap', 'config-7h4t9gfk2b', 'data: {a: "2"}\n'),
      ['renamed ConfigMap prow/config-5c8b2mkt6d ConfigMap prow/config-7h4t9gfk2b 1'],
    ],
    [
      'a name of another object that only looks hashed',
      document('ConfigMap', 'config-aeiou01345', 'data: {a: "1"}\n'),
      document('ConfigMap', 'config-uoiea54310', 'data: {b: "2"}\n'),
      ['removed ConfigMap prow/config-aeiou01345 0', 'added ConfigMap prow/config-uoiea54310 0'],
    ],
    [
      'another version of the API',
      document('Ingress', 'prow', 'spec: {a: 1}\n', 'networking.k8s.io/v1beta1'),
      document('Ingress', 'prow', 'spec: {a: 2}\n', 'networking.k8s.io/v1'),
      ['renamed Ingress prow/prow Ingress prow/prow 1'],
    ],
    [
      'another namespace',
      document('Service', 'deck', 'spec: {type: NodePort, a: 1, b: 2}\n', 'v1', 'default'),
      document('Service', 'deck', 'spec: {type: NodePort, a: 1, b: 2}\n', 'v1', 'prow'),
      ['renamed Service default/deck Service prow/deck 0'],
    ],
    [
      'a deployment under another name',
      document(
        'Deployment',
        'hook',
        'spec: {replicas: 1, image: x, a: 1, b: 2, c: 3, d: 4, e: 5, l: hook}\n',
        'apps/v1',
      ),
      document(
        'Deployment',
        'webhook',
        'spec: {replicas: 1, image: x, a: 1, b: 2, c: 3, d: 4, e: 5, l: webhook}\n',
        'apps/v1',
      ),
      ['renamed Deployment prow/hook Deployment prow/webhook 1'],
    ],
    [
      'two small objects with only the same structure',
      document('ServiceAccount', 'deck'),
      document('ServiceAccount', 'tide'),
      ['removed ServiceAccount prow/deck 0', 'added ServiceAccount prow/tide 0'],
    ],
    [
      'another kind',
      document('Role', 'deck', 'rules: []\n', 'rbac.authorization.k8s.io/v1'),
      document('ClusterRole', 'deck', 'rules: []\n', 'rbac.authorization.k8s.io/v1', ''),
      ['added ClusterRole deck 0', 'removed Role prow/deck 0'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(names(before, after)).toEqual(expected)
  })

  test('each resource is part of at most one rename', () => {
    const twins = (names: string[]): string =>
      names.map((name) => document('Service', name, 'spec: {a: 1, b: 2, c: 3, d: 4}\n')).join('---\n')
    const diff = diffOf(twins(['one-a', 'one-b']), twins(['one-c', 'one-d', 'one-e']))
    expect(diff.resources.map(({ kind }) => kind).sort()).toEqual(['added', 'renamed', 'renamed'])
  })

  test('hundreds of removed and added resources are matched', () => {
    const many = (prefix: string): string =>
      Array.from({ length: 300 }, (_, index) =>
        document(
          'ConfigMap',
          `${prefix}-${index}`,
          `data: {a: "${index}", b: "x", c: "y${index}", d: "z", e: "w", f: "v", g: "u"}\n`,
        ),
      ).join('---\n')
    const diff = diffOf(many('old-name'), many('new-name'))
    expect(diff.resources).toHaveLength(300)
    for (const { kind, id, previousId } of diff.resources) {
      expect([kind, previousId?.name]).toEqual(['renamed', id.name.replace('new', 'old')])
    }
  })
})

describe('depth', () => {
  test('ten thousand levels are compared', () => {
    const deep = (leaf: string): string => pod(`a: ${'{a: '.repeat(9_900)}${leaf}${'}'.repeat(9_900)}\n`)
    const diff = diffOf(deep('1'), deep('2'))
    expect(diff.resources[0]?.changes).toMatchObject([{ kind: 'replaced', before: 1, after: 2 }])
    const nested = (leaf: string): string => pod(`a: ${'['.repeat(9_900)}${leaf}${']'.repeat(9_900)}\n`)
    expect(diffOf(nested('1'), nested('2')).resources[0]?.changes).toMatchObject([
      { kind: 'replaced', before: 1, after: 2 },
    ])
  })
})

test('documents with the same text are not parsed', () => {
  // Only parsing would find the error in it.
  const broken = document('ConfigMap', 'broken', 'data: {a: [}\n')
  const diff = diffOf(`${broken}---\n${pod('a: 1\n')}`, `${pod('a: 2\n')}---\n${broken}`)
  expect(diff).toMatchObject({ unchanged: 1, resources: [{ kind: 'changed' }] })
})
