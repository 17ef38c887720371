import { describe, expect, test } from 'vitest'

import { recogniseDialect, renderConfig, type RenderedConfig } from '../src/index.ts'

// The dialect `merge`: partial YAML that is merged into the base.

const BASE = `# the head
deck: # of Prow
  spyglass: {size: 10}
  urls: [a, b]
plugins:
  - name: trigger
    args: [x]
  # the second
  - name: "hold"
gone: 1
constructor: old
`

function render(script: string, base = BASE, print: 'yq' | 'preserve' = 'yq'): RenderedConfig {
  return renderConfig({
    path: 'config.yaml',
    base: { file: 'base.yaml', bytes: Buffer.from(base) },
    script: { file: 'merge.yaml', bytes: Buffer.from(script) },
    dialect: 'merge',
    print,
  })
}

const text = (...of: Parameters<typeof render>): string => Buffer.from(render(...of).bytes).toString()

describe('partial YAML', () => {
  test('changes only its own keys', () => {
    const script = `deck:
  spyglass: {limit: 5}
  urls: [c]
plugins:
  - name: hold
    args: [y]
  - name: lgtm # new
gone: null
constructor: new
added:
  # why
  a: 'one'
`
    const changed = `# the head
deck: # of Prow
  spyglass: {size: 10, limit: 5}
  urls: [c]
plugins:
  - name: trigger
    args: [x]
  # the second
  - name: "hold"
    args: [y]
  - name: lgtm # new
constructor: new
added:
  # why
  a: 'one'
`
    expect(text(script)).toBe(changed)
    expect(text(script, BASE, 'preserve')).toBe(changed)
  })

  test('has a change with a position for each of its lines', () => {
    const { changes, dialect } = render(
      'deck:\n  urls: [c]\nplugins:\n  - {name: hold, $patch: delete}\ngone:\nnew: 1\n',
    )
    expect(dialect).toBe('merge')
    expect(changes).toEqual([
      { kind: 'deleted', path: ['gone'], position: { file: 'merge.yaml', line: 5, column: 1 } },
      { kind: 'created', path: ['new'], position: { file: 'merge.yaml', line: 6, column: 1 } },
      { kind: 'deleted', path: ['plugins', 1], position: { file: 'merge.yaml', line: 4, column: 5 } },
      { kind: 'replaced', path: ['deck', 'urls'], position: { file: 'merge.yaml', line: 2, column: 9 } },
    ])
  })

  test.each([
    ['deck: {$patch: replace, a: 1}\n', { deck: { a: 1 } }],
    ['deck: {$patch: delete}\n', {}],
    ['deck: {spyglass: null, urls: null}\n', { deck: {} }],
    ['deck: text\n', { deck: 'text' }],
    ['a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\n', { a: { b: 1 }, c: { b: 1 }, d: { b: 1, e: 2 } }],
    ['__proto__: {polluted: 1}\n', { ['__proto__']: { polluted: 1 } }],
  ])('%j', async (script, expected) => {
    const { parse } = await import('yaml')
    const made: object = parse(text(script))
    for (const [key, value] of Object.entries(expected)) expect(Reflect.get(made, key)).toEqual(value)
    expect({}).not.toHaveProperty('polluted')
  })

  test('does not change an anchored node through an alias', () => {
    expect(text('b: {x: 2}\n', 'a: &a {x: 1}\nb: *a\n')).toBe('a: &a {x: 1}\nb:\n  x: 2\n')
  })

  test('changes nothing if the base has the same values', () => {
    const { changes, bytes } = render('deck: {urls: [a, b], spyglass: {size: 10}}\nplugins: [{name: hold}]\n')
    expect(changes).toEqual([])
    expect(Buffer.from(bytes).toString()).toBe(BASE)
  })

  test.each([
    ['nope: null\n', 'merge-without-effect', 1],
    ['plugins:\n  - {name: nope, $patch: delete}\n', 'merge-without-effect', 2],
    ['deck: [a]\n', 'merge-of-another-kind', 1],
  ])('%j has a warning with its line', (script, rule, line) => {
    expect(render(script).warnings).toMatchObject([{ rule, position: { file: 'merge.yaml', line } }])
  })
})

test.each([
  ['- a\n', 1, /must be a YAML map/u],
  ['text\n', 1, /must be a YAML map/u],
  ['', 1, /must be a YAML map/u],
  ['a: 1\n---\nb: 2\n', 3, /one YAML document/u],
  ['a: 1\nb: {c: 1, c: 2}\n', 2, /duplicate key c, first on line 2/u],
  ['a: [\n', 1, /./u],
  ['a:\n  $patch: remove\n', 2, /\$patch is remove/u],
])('%j is an error with a position', (script, line, sentence) => {
  let fault: unknown
  try {
    render(script)
  } catch (error) {
    fault = error
  }
  expect(fault).toMatchObject({ code: 'script-invalid', sentence: expect.stringMatching(sentence) })
  expect(fault).toHaveProperty('position.file', 'merge.yaml')
  expect(line).toBeGreaterThan(0)
})

test.each([
  ['deck:\n  a: 1\n', 'merge'],
  ['# why\n---\nlog_level: debug\n', 'merge'],
  ['.a = {b: 1}\n', 'yq-v4'],
  ['{"a": 1}\n', 'yq-v4'],
  ['.a |= . + {b: 1}\n', 'yq-v4'],
  ['.a = "x: y"\n', 'yq-v4'],
  ['with(.a; .b = {c: 1})\n', 'yq-v4'],
  ['length: 3\n', 'yq-v4'],
])('%j is recognised as %s', (script, dialect) => {
  expect(recogniseDialect(script, 's.yaml').dialect).toBe(dialect)
})
