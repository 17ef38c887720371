import { describe, expect, test } from 'vitest'

import { checkRules, type DiffRules, formatDiff, REPORT_FORMATS, reportFormat } from '../src/index.ts'
import { changesOf, diffOf, document } from './support/manifests.ts'

const service = (spec: string, name = 'deck'): string => document('Service', name, `spec:\n  ${spec}\n`)

describe('ignored differences are counted', () => {
  test.each<[string, DiffRules['ignore'], string[], number]>([
    ['a path', [{ path: '$.spec.a' }], ['~ spec.b: 1 -> 2'], 1],
    ['a path of one kind', [{ kind: 'Service', path: '$.spec.a' }], ['~ spec.b: 1 -> 2'], 1],
    [
      'a path of another kind',
      [{ kind: 'Pod', path: '$.spec.a' }],
      ['~ spec.a: 1 -> 2', '~ spec.b: 1 -> 2'],
      0,
    ],
    ['a name with a star', [{ name: 'd*k', path: '$.spec.a' }], ['~ spec.b: 1 -> 2'], 1],
    ['another name', [{ name: 'd*x', path: '$.spec.a' }], ['~ spec.a: 1 -> 2', '~ spec.b: 1 -> 2'], 0],
    ['the core group', [{ group: '', path: '$.spec.a' }], ['~ spec.b: 1 -> 2'], 1],
    ['everything below', [{ path: '$.spec' }], [], 1],
    ['recursive descent', [{ path: '$..a' }, { path: "$..['b']" }], [], 2],
    ['a whole resource', [{ kind: 'Service', name: 'deck' }], [], 1],
    ['a whole namespace', [{ namespace: 'prow' }], [], 1],
  ])('%s', (_, ignore, changes, count) => {
    const diff = diffOf(service('{a: 1, b: 1}'), service('{a: 2, b: 2}'), { ignore: ignore ?? [] })
    expect(changesOf(diff)).toEqual(changes)
    expect(diff.ignored.reduce((total, ignored) => total + ignored.count, 0)).toBe(count)
    expect(diff).toMatchObject({ unchanged: changes.length === 0 ? 1 : 0 })
  })

  test('items of a list by a filter', () => {
    const rules = { ignore: [{ path: "$.spec.ports[?(@.name=='x')].port" }] }
    const diff = diffOf(
      service('ports: [{name: x, port: 1}, {name: y, port: 1}]'),
      service('ports: [{name: x, port: 2}, {name: y, port: 2}]'),
      rules,
    )
    expect(changesOf(diff)).toEqual(['~ spec.ports[name=y].port: 1 -> 2'])
    expect(diff.ignored).toEqual([{ rule: "$.spec.ports[?(@.name=='x')].port", count: 1 }])
  })

  test('an added or removed value', () => {
    const rules = { ignore: [{ path: '$.metadata.annotations.stamp' }] }
    const stamped = service('{a: 1}').replace('  name: deck', '  annotations: {stamp: "1"}\n  name: deck')
    expect(diffOf(service('{a: 1}'), stamped, rules)).toMatchObject({
      resources: [],
      ignored: [{ count: 1 }],
    })
    expect(diffOf(stamped, service('{a: 1}'), rules)).toMatchObject({
      resources: [],
      ignored: [{ count: 1 }],
    })
  })

  test('added or removed resources', () => {
    const rules = { ignore: [{ kind: 'Service' }] }
    expect(diffOf('', service('{a: 1}'), rules)).toMatchObject({
      resources: [],
      ignored: [{ rule: 'Service', count: 1 }],
    })
    expect(diffOf(service('{a: 1}'), '', rules)).toMatchObject({ resources: [], ignored: [{ count: 1 }] })
  })

  test('a path into an embedded file', () => {
    const config = (text: string): string =>
      document('ConfigMap', 'config', `data:\n  config.yaml: |\n    ${text}\n`)
    const rules = { ignore: [{ kind: 'ConfigMap', in: 'config.yaml', path: '$.a' }] }
    expect(changesOf(diffOf(config('{a: 1, b: 1}'), config('{a: 2, b: 2}'), rules))).toEqual([
      '~ data["config.yaml"] > .b: 1 -> 2',
    ])
  })

  test('equal values are not counted', () => {
    expect(
      diffOf(service('{a: 1, b: 1}'), service('{a: 1, b: 2}'), { ignore: [{ path: '$.spec.a' }] }).ignored,
    ).toEqual([])
  })
})

describe('a redacted value', () => {
  test('is shown as changed, with a fingerprint', () => {
    const rules = { redact: [{ path: '$.spec.token' }] }
    expect(changesOf(diffOf(service('token: abc'), service('token: def'), rules))).toEqual([
      expect.stringMatching(/^~ spec\.token: "\(secret [0-9a-f]{8}\)" -> "\(secret [0-9a-f]{8}\)"$/u),
    ])
    expect(diffOf(service('token: abc'), service('token: "abc"'), rules).resources).toEqual([])
  })

  test('can be a whole map', () => {
    const [line] = changesOf(
      diffOf(service('auth: {a: abc}'), service('auth: {a: def}'), { redact: [{ path: '$.spec.auth' }] }),
    )
    expect(line).toMatch(/^~ spec\.auth: "\(secret/u)
  })

  test.each([
    ['$.spec.args[1]', 'args: [one, CANARY]'],
    ['$.spec.args[0,1]', 'args: [one, CANARY]'],
    ['$.spec.args[-1:]', 'args: [one, CANARY]'],
    ['$.spec.args[*]', 'args: [one, CANARY]'],
    ['$.spec.users[0].token', 'users: [{token: CANARY}]'],
    ['$', 'a: {b: CANARY}'],
    ['$..b', 'a: {b: CANARY}'],
  ])('is not shown: %s', (path, spec) => {
    const before = service(spec)
    const diff = diffOf(before, before.replaceAll('CANARY', 'CANARY2'), { redact: [{ path }] })
    expect(diff.resources).toHaveLength(1)
    expect(JSON.stringify(diff)).not.toContain('CANARY')
  })

  test("is not shown in kubectl's copy of the object either", () => {
    const config = (token: string): string =>
      [
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  annotations:\n',
        `    kubectl.kubernetes.io/last-applied-configuration: '{"data":{"token":"${token}"}}'\n`,
        `data: {token: ${token}}\n`,
      ].join('')
    const diff = diffOf(config('CANARY'), config('CANARY2'), { redact: [{ path: '$.data.token' }] })
    expect(changesOf(diff)).toHaveLength(2)
    expect(JSON.stringify(diff)).not.toContain('CANARY')
  })

  test('can be a whole embedded file', () => {
    const config = (token: string): string =>
      document('ConfigMap', 'config', `data:\n  config.yaml: |\n    {token: ${token}}\n`)
    const rules = { redact: [{ in: 'config.yaml', path: '$' }] }
    expect(changesOf(diffOf(config('abc'), config('def'), rules))).toEqual([
      expect.stringMatching(/^~ data\["config\.yaml"\]: "\(secret \w+\)" -> "\(secret \w+\)"$/u),
    ])
  })

  test('can be in an embedded file, whose other values are shown', () => {
    const config = (text: string): string =>
      document('ConfigMap', 'config', `data:\n  config.yaml: |\n    ${text}\n`)
    const rules = { redact: [{ kind: 'ConfigMap', in: 'config.yaml', path: '$.token' }] }
    expect(changesOf(diffOf(config('{token: abc, b: 1}'), config('{token: def, b: 2}'), rules))).toEqual([
      '~ data["config.yaml"] > .b: 1 -> 2',
      expect.stringMatching(/> \.token: "\(secret/u),
    ])
  })
})

describe('Secrets', () => {
  const secret = (field: string, value: string): string =>
    document('Secret', 's', `${field}:\n  k: ${value}\n`)
  const base64 = (text: string): string => Buffer.from(text).toString('base64')

  test('equal values have equal fingerprints within one comparison only', () => {
    const fingerprints = (): string[] => {
      const diff = diffOf(
        document('Secret', 's', 'stringData: {a: one, b: two}\n'),
        document('Secret', 's', 'stringData: {a: two, b: one}\n'),
      )
      return changesOf(diff).flatMap((line) => line.match(/\(secret \w+\)/gu) ?? [])
    }
    const [one, two, three, four] = fingerprints()
    expect([three, four]).toEqual([two, one])
    expect(fingerprints()).not.toContain(one)
  })

  test.each([
    ['data that is a string', document('Secret', 's', 'data: CANARY\n')],
    ['data that is a list', document('Secret', 's', 'stringData: [CANARY]\n')],
    ['an item of a list', document('SecretList', 'l', 'items: [{kind: Secret, stringData: {a: CANARY}}]\n')],
    [
      'an object in a template',
      document('Template', 't', 'objects:\n- kind: Secret\n  data: {a: Q0FOQVJZ, b: CANARY}\n'),
    ],
  ])('are not shown: %s', (_name, before) => {
    const after = before.replaceAll('CANARY', 'CANARY2').replaceAll('Q0FOQVJZ', 'Q0FOQVJZMg==')
    for (const diff of [diffOf(before, after), diffOf(before, ''), diffOf('', before)]) {
      expect(diff.resources).toHaveLength(1)
      expect(JSON.stringify(diff)).not.toMatch(/CANARY|Q0FOQVJZ/u)
    }
  })

  test.each([
    ['c3VwZXJzZWNyZXQ=', 'supersecret', 1],
    ['c3VwZXJzZWNyZXQ=', 'c3VwZXJzZWNyZXQ', 1],
    ['c3VwZXJzZWNyZXQ=', '"c3VwZXJz ZWNyZXQ="', 1],
    ['c3VwZXJzZWNyZXQ=', '" c3VwZXJzZWNyZXQ="', 1],
    ['c3VwZXJzZWNyZXQ=', 'c3VwZXJzZWNyZXQ==', 1],
    ['-_-_', '+/+/', 0],
    ['c3VwZXJzZWNyZXQ=', '"c3VwZXJz\\nZWNyZXQ=\\r\\n"', 0],
    ['""', 'null', 0],
  ])('data is as strict as in Kubernetes: from %s to %s', (before, after, warnings) => {
    const same = /\\n/u.test(after)
    const diff = diffOf(secret('data', before), secret('data', after))
    expect(diff.resources).toHaveLength(same ? 0 : 1)
    expect(diff.findings).toHaveLength(warnings)
    for (const format of REPORT_FORMATS)
      expect(formatDiff(diff, reportFormat(format))).not.toContain('secret=')
    if (warnings === 0 || same) return
    expect(diff.findings).toMatchObject([
      { rule: 'secret-data-not-base64', severity: 'warning', position: { file: 'after', line: 1 } },
    ])
    expect(formatDiff(diff, 'text')).toContain('data.k of Secret prow/s is not base64')
  })

  test('an embedded file is compared as a tree that shows only well-known field names', () => {
    const file = (token: string): string =>
      base64(JSON.stringify({ users: [{ name: 'x', user: { token } }], own: { key: 1 } }))
    const other = (key: string): string => base64(JSON.stringify({ [key]: 1 }))
    expect(changesOf(diffOf(secret('data', file('abc')), secret('data', file('def'))))).toEqual([
      expect.stringMatching(/^~ data\.k > \.users\[0\]\.user\.token: "\(secret \w+\)" -> "\(secret \w+\)"$/u),
    ])
    expect(changesOf(diffOf(secret('data', other('tokenabc')), secret('data', other('tokendef'))))).toEqual([
      expect.stringMatching(/^[-+] data\.k > \["\(secret \w+\)"\]: "\(secret \w+\)"$/u),
      expect.stringMatching(/^[-+] data\.k > \["\(secret \w+\)"\]: "\(secret \w+\)"$/u),
    ])
  })
})

describe('an invalid JSONPath is rejected with its position', () => {
  const position = { file: 'overlay-render.yaml', line: 7, column: 11 }
  test.each([
    ['spec.a', 1],
    ['$.spec.', 7],
    ['$.spec[', 7],
    ['$.spec[abc]', 7],
    ['$.spec["a]', 7],
    ['$.spec[?(@.a==)]', 7],
    ['$.spec[?(@.a=="x"]', 7],
    ['$.spec]', 7],
    ['$ .spec', 2],
  ])('%j', (path, column) => {
    expect(() => checkRules({ ignore: [{ path, position }] })).toThrow(
      expect.objectContaining({
        code: 'rule-invalid',
        position,
        message: expect.stringContaining(`at character ${column}`),
      }),
    )
  })

  test.each([
    '$',
    '$.a.b-c',
    '$..a',
    '$.*',
    '$.a[*].b',
    '$.a[0]',
    '$.a[-1:]',
    '$.a[0,1]',
    "$['a.b']",
    '$["a b"]["c"]',
    '$..[?(@.name=="x" && @.v > 1)]',
    '$.a[?(@.name.match(/^x.*$/))]',
    '$.metadata.annotations["example.com/a"]',
  ])('%j is accepted', (path) => {
    expect(() => checkRules({ redact: [{ path }] })).not.toThrow()
  })

  test('a file without a path is rejected', () => {
    expect(() => checkRules({ ignore: [{ in: 'config.yaml', position }] })).toThrow(
      expect.objectContaining({ code: 'rule-invalid' }),
    )
  })

  test('filters cannot run JavaScript', () => {
    const rules = { ignore: [{ path: '$.spec[?(@.constructor.constructor("globalThis.leaked = 1")())]' }] }
    diffOf(service('{a: {b: 1}}'), service('{a: {b: 2}}'), rules)
    expect(globalThis).not.toHaveProperty('leaked')
  })
})
