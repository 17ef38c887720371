import { describe, expect, test } from 'vitest'

import { YqFault } from '../../src/errors.ts'
import { applyV3Script } from '../../src/v3/apply.ts'

/** A title, a base, a script, and the output. */
type Row = readonly [title: string, base: string, script: string, output: string]

function update(path: string, value: string): string {
  return `- command: update\n  path: '${path}'\n  value: ${value}\n`
}

function remove(path: string): string {
  return `- command: delete\n  path: '${path}'\n`
}

const UPDATES: readonly Row[] = [
  ['sets a value', 'b:\n  c: 3\n', update('b.c', '7'), 'b:\n  c: 7\n'],
  ['creates missing maps of the path', 'a: 1\n', update('b.c.d', 'x'), 'a: 1\nb:\n  c:\n    d: x\n'],
  [
    'creates a list for an index and pads it',
    'a: 1\n',
    update('b[2].c', 'x'),
    'a: 1\nb:\n  - {}\n  - {}\n  - c: x\n',
  ],
  ['pads with empty scalars at the end of a path', 'a: [x]\n', update('a[2]', 'z'), "a: [x, '', z]\n"],
  ['appends with a plus', 'b:\n- foo\n', update('b[+]', 'bar'), 'b:\n  - foo\n  - bar\n'],
  ['appends to a missing list', 'a: 2\n', update('b[+]', 'v'), 'a: 2\nb:\n  - v\n'],
  ['counts negative indices from the end', 'b: [1, 2, 3]\n', update('b[-1]', '9'), 'b: [1, 2, 9]\n'],
  [
    'updates each item of a list',
    'b:\n- c: x\n- c: y\n',
    update('b[*].c', 'new'),
    'b:\n  - c: new\n  - c: new\n',
  ],
  ['updates each value of a map', 'b:\n  c: x\n  d: y\n', update('b.*', 'new'), 'b:\n  c: new\n  d: new\n'],
  [
    'updates below each value of a map',
    'b:\n  c: {x: 1}\n  d: {y: 2}\n',
    update('b.*.x', '0'),
    'b:\n  c: {x: 0}\n  d: {y: 2, x: 0}\n',
  ],
  [
    'updates the leaves below with two stars',
    'b:\n  c: 1\n  d: [2, {e: 3}]\n',
    update('b.**', '0'),
    'b:\n  c: 0\n  d: [0, {e: 0}]\n',
  ],
  [
    'finds a key at any depth below, but not directly',
    'a:\n  c: 1\n  b:\n  - c: 2\n  - d: 3\n',
    update('a.**.c', '0'),
    'a:\n  c: 1\n  b:\n    - c: 0\n    - d: 3\n      c: 0\n',
  ],
  [
    'matches a prefix',
    'a:\n  item: 1\n  other: 2\n  item2: 3\n',
    update('a.item*', '0'),
    'a:\n  item: 0\n  other: 2\n  item2: 0\n',
  ],
  ['creates the prefix pattern itself when nothing matches', 'a: {}\n', update('a.x*', '1'), 'a: {x*: 1}\n'],
  ['creates nothing for a star', 'a: {}\n', update('a.*', '1'), 'a: {}\n'],
  [
    'filters the items of a list by a child',
    'a:\n- n: x\n  v: 1\n- n: y\n  v: 2\n',
    update('a.(n==y).v', '9'),
    'a:\n  - n: x\n    v: 1\n  - n: y\n    v: 9\n',
  ],
  [
    'filters by a prefix of a child',
    'a:\n- n: cat\n- n: cow\n- n: dog\n',
    update('a.(n==c*).v', '9'),
    'a:\n  - n: cat\n    v: 9\n  - n: cow\n    v: 9\n  - n: dog\n',
  ],
  [
    'filters the values of a map',
    'a:\n  p: {n: x}\n  q: {n: y}\n',
    update('a.(n==x).v', '1'),
    'a:\n  p: {n: x, v: 1}\n  q: {n: y}\n',
  ],
  ['filters scalar items', 'a: [cat, goat, dog]\n', update('a.(.==*at)', 'x'), 'a: [cat, goat, dog]\n'],
  [
    'filters scalar items by text and prefix',
    'a: [cat, cow, dog]\n',
    update('a.(.==c*)', 'x'),
    'a: [x, x, dog]\n',
  ],
  ['reads a quoted key as one element', 'm:\n  a.b: 1\n', update('m."a.b"', '2'), 'm:\n  a.b: 2\n'],
  [
    'quotes a new key that is a number',
    'a: {}\nb:\n  x: 1\n',
    update('b.123', 'y'),
    'a: {}\nb:\n  x: 1\n  "123": y\n',
  ],
  [
    'prints a new key that could be a boolean plain',
    'b:\n  x: 1\n',
    update('b.true', 'y'),
    'b:\n  x: 1\n  true: y\n',
  ],
  ['replaces a scalar on the path', 'a: text\n', update('a.b', '1'), 'a:\n  b: 1\n'],
  ['replaces a map where a list is needed', 'a: {x: 1}\n', update('a[0]', '1'), 'a:\n  - 1\n'],
  ['replaces a null', 'a:\n  env:\n', update('a.env.x', 'y'), 'a:\n  env:\n    x: y\n'],
  [
    'empties a scalar under a star',
    'b:\n  c: thing\n  d: x\n',
    update('b.c.*', 'new'),
    'b:\n  c: {}\n  d: x\n',
  ],
  ['does nothing to scalar items under a key', 'b: [x, y]\n', update('b[*].c', '1'), 'b: [x, y]\n'],
  ['replaces a list by a map for a name', 'b: [x, y]\n', update('b.x', '1'), 'b:\n  x: 1\n'],
  [
    'changes nothing where a list has a name as its last element',
    '- x\n- y\n',
    update('x', '1'),
    '- x\n- y\n',
  ],
  [
    'reaches the items of lists with two stars',
    'a: [{b: 1}, c]\nd: 1\n',
    update('**.b', '2'),
    'a: [{b: 2}, c]\nd: 1\n',
  ],
  ['does not follow an alias', 'a: &x {b: 1}\nc: *x\n', update('c.b', '2'), 'a: &x {b: 1}\nc: *x\n'],
  [
    'keeps an alias whose target is deleted',
    'a: &x {b: 1}\nc: *x\n',
    '- {command: update, path: a}\n- {command: delete, path: a}\n',
    'c: *x\n',
  ],
  [
    'prints a new node as null after a command without a value',
    'a: 1\n',
    '- {command: update, path: b, value: x}\n- {command: update, path: b}\n',
    'a: 1\nb: null\n',
  ],
  ['replaces an alias', 'a: &x {b: 1}\nc: *x\n', update('c', '2'), 'a: &x {b: 1}\nc: 2\n'],
  [
    'does not look through a merge key',
    'a: &x\n  b: 1\nc:\n  <<: *x\n',
    update('c.b', '2'),
    'a: &x\n  b: 1\nc:\n  !!merge <<: *x\n  b: 2\n',
  ],
  [
    'takes the style of the value',
    'a: "x"\nb: x\n',
    update('a', 'plain') + update('b', '"quoted"'),
    'a: plain\nb: "quoted"\n',
  ],
  [
    'keeps the folded style of a value',
    'a: x\n',
    '- command: update\n  path: a\n  value: >-\n    one\n    two\n',
    'a: >-\n  one two\n',
  ],
  ['takes the tag of the value', 'a: x\n', update('a', '!!str 3'), 'a: !!str 3\n'],
  ['takes maps and lists as values', 'a: 1\n', update('a', '{x: [1]}'), 'a: {x: [1]}\n'],
  ['takes null', 'a: 1\nb: 2\n', update('a', '') + update('b', 'null'), 'a:\nb: null\n'],
  [
    'takes the comments of the value and drops the old ones',
    'a: 1 # old\nb: 2 # old\n',
    update('a', '3 # new') + update('b', '4'),
    'a: 3 # new\nb: 4\n',
  ],
  [
    'keeps the comments of the key',
    '# above\na: 1\n# below\n\nb: 1\n',
    update('a', '2'),
    '# above\na: 2\n# below\n\nb: 1\n',
  ],
  ['loses the anchor', 'a: &x 1\nb: 2\n', update('a', '3'), 'a: 3\nb: 2\n'],
  ['takes the anchor of the value', 'a: 1\n', update('a', '&x 3'), 'a: &x 3\n'],
  [
    'runs commands in order on the result so far',
    'a: 1\n',
    update('b', '{c: 1}') + update('b.d', '2') + remove('b.c') + remove('a'),
    'b: {d: 2}\n',
  ],
  [
    'replaces the whole document without a path',
    'a: 1\n',
    '- command: update\n  value: {x: 1}\n',
    '{x: 1}\n',
  ],
  [
    'shares the content of the value between several matches',
    'a:\n  p: 1\n  q: 2\n',
    update('a.*', '{x: {y: 1}}') + update('a.p.x.y', '2'),
    'a:\n  p: {x: {y: 2}}\n  q: {x: {y: 2}}\n',
  ],
  [
    'merges like an update but keeps comments',
    'a: 1 # old\n',
    '- command: merge\n  path: a\n  value: 2 # new\n',
    'a: 2 # old\n',
  ],
]

const DELETES: readonly Row[] = [
  ['removes an entry', 'a: 2\nb:\n  c: x\n  d: y\n', remove('b.c'), 'a: 2\nb:\n  d: y\n'],
  ['ignores a missing entry', 'a: 2\n', remove('b.c'), 'a: 2\n'],
  ['removes by prefix', 'c:\n  toast: 1\n  test: 2\n  tell: 3\n', remove('c.te*'), 'c:\n  toast: 1\n'],
  [
    'removes below each item',
    'b:\n- t: 1\n  n: x\n- t: 2\n  n: y\n',
    remove('b[*].t'),
    'b:\n  - n: x\n  - n: y\n',
  ],
  [
    'removes below each match of a prefix',
    'b:\n  h: {c: 1}\n  t: {c: 1, d: 2}\n  t2: {c: 1, d: 2}\n',
    remove('b.t*.c'),
    'b:\n  h: {c: 1}\n  t: {d: 2}\n  t2: {d: 2}\n',
  ],
  ['removes an item by index', '- 1\n- 2\n- 3\n', remove('[1]'), '- 1\n- 3\n'],
  ['ignores an index after the end', '- 1\n', remove('[4]'), '- 1\n'],
  ['removes items by a filter', '- n: x\n- n: y\n', remove('(n==y)'), '- n: x\n'],
  ['removes items by their text', 'a: [x, y, x]\n', remove('a.x'), 'a: [y]\n'],
  ['removes everything with a star', 'a: {b: 1}\nc: [1]\n', remove('a.*') + remove('c[*]'), 'a: {}\nc: []\n'],
  [
    'removes a key at any depth',
    'a:\n  x: 1\n  b:\n  - x: 2\n    y: 3\n',
    remove('a.**.x'),
    'a:\n  b:\n    - y: 3\n',
  ],
  ['removes all entries of a duplicate key', 'a: 1\nb: 2\na: 3\n', remove('a'), 'b: 2\n'],
  ['empties a scalar on the path, like yq 3', 'a: text\n', remove('a.b.c'), 'a: {}\n'],
]

const DOCUMENTS: readonly Row[] = [
  ['an empty script changes nothing but the layout', 'b:\n- c\n\n\n\nd:   1\n', '', 'b:\n  - c\nd: 1\n'],
  ['an empty base counts as a map', '', update('b.c', '7'), 'b:\n  c: 7\n'],
  ['an empty base and an empty script give an empty map', '', '', '{}\n'],
  ['a null base counts as a map', 'null\n', update('a', '1'), 'a: 1\n'],
  [
    'the comment of an empty document is printed below',
    '# empty\n---\n',
    update('c', '7'),
    'c: 7\n\n# empty\n',
  ],
  [
    'only the first document is changed, all are printed',
    'a: 1\n---\na: 1\n',
    update('a', '2'),
    'a: 2\n---\na: 1\n',
  ],
  ['the first separator is dropped', '---\na: 1\n', update('a', '2'), 'a: 2\n'],
  ['a scalar document is replaced', 'text\n', update('a.b', '1'), '1\n'],
  [
    'a comment separated from the first key stays separated',
    '# top\n\na: 1\n',
    update('a', '2'),
    '# top\n\na: 2\n',
  ],
  [
    'other keys of a command and null items are ignored',
    'a: 1\n',
    '- {command: update, path: a, value: 2, why: x}\n- ~\n',
    'a: 2\n',
  ],
  [
    'a script can use anchors and merge keys',
    'a: 1\nb: 1\n',
    '- &x {command: update, path: a, value: 2}\n- <<: *x\n  path: b\n',
    'a: 2\nb: 2\n',
  ],
]

describe.each([
  ['update', UPDATES],
  ['delete', DELETES],
  ['documents', DOCUMENTS],
])('%s', (_, rows) => {
  test.each(rows)('%s', (_, base, script, output) => {
    expect(applyV3Script(script, base).text).toBe(output)
  })
})

function faultOf(script: string, base = 'a: 1\n'): YqFault {
  try {
    applyV3Script(script, base, { scriptName: 'patch.yaml', baseName: 'config.yaml' })
  } catch (error) {
    if (error instanceof YqFault) return error
    throw error
  }
  throw new Error('there was no fault')
}

describe('an invalid script or base', () => {
  test.each([
    ['- command: updat\n  path: a\n', 'patch.yaml:1:12: unknown command updat', 'did you mean update?'],
    ['- path: a\n', 'patch.yaml:1:3: this item has no command', 'the commands are update, merge, delete'],
    [
      'a: 1\n',
      'patch.yaml:1:1: a yq 3 script is a list of commands',
      'write each command as `- command: update` with `path:` and `value:`',
    ],
    ['- text\n', 'patch.yaml:1:3: a command is a map with `command`, `path` and `value`', undefined],
    ['- command: update\n  path: [a]\n', 'patch.yaml:2:9: `path` must be a string', undefined],
    ['- command: update\n  command: delete\n', 'patch.yaml:2:3: duplicate key `command`', undefined],
    [
      '- command: delete\n',
      'patch.yaml:1:3: a delete needs a path; yq 3 crashes here',
      'set `path` to the node to delete',
    ],
    [
      "- command: delete\n  path: 'l[-1]'\n",
      'patch.yaml:2:9: a delete cannot have a negative index; yq 3 crashes here',
      'use an index from the start of the list',
    ],
    [
      '- command: update\n  path: !!int a\n',
      'patch.yaml:2:9: `path` is not a string: cannot decode !!str `a` as a !!int',
      undefined,
    ],
    ['- command: update\n  ? [x]\n  : 1\n', 'patch.yaml:2:5: a key must be a string', undefined],
    ['- <<: text\n', 'patch.yaml:1:7: a merge key needs a map or a list of maps', undefined],
    ['- &a\n  command: update\n  <<: *a\n', 'patch.yaml:3:7: a merge key refers to its own map', undefined],
    [
      '- command: update\n  path: a\n',
      'patch.yaml:2:9: an update without a value cannot replace an existing node',
      'write `value: null` to set it to null, or `command: delete` to remove it',
    ],
    [
      '- command: update\n  path: a\n  valeu: 3\n',
      'patch.yaml:2:9: an update without a value cannot replace an existing node',
      'did you mean `value` by `valeu` on line 3?',
    ],
    [
      "- command: update\n  path: b\n  value: x # c\n- command: merge\n  path: 'b'\n",
      'patch.yaml:5:9: an update without a value cannot replace an existing node',
      'write `value: null` to set it to null, or `command: delete` to remove it',
    ],
    [
      "- command: update\n  path: 'l[-3]'\n  value: 1\n",
      'patch.yaml:2:9: the index [-3] is out of range: the list has 1 item',
      undefined,
    ],
    [
      "- command: update\n  path: 'l[99999999]'\n  value: 1\n",
      'patch.yaml:2:9: indexes in paths add more than 100000 items to lists',
      undefined,
    ],
  ])('%j', (script, message, hint) => {
    const fault = faultOf(script, 'a: 1\nl: [1]\n')
    expect(fault.message).toBe(message)
    expect(fault.hint).toBe(hint)
    expect(fault.blame).toBe('input')
  })

  test('has the position of a syntax error in the base', () => {
    expect(faultOf('', 'a: [\n').message).toMatch(/^config\.yaml:2:1: /u)
  })

  test('has the position of a syntax error in the script', () => {
    expect(faultOf('- a: b: c\n').message).toMatch(/^patch\.yaml:1:\d+: /u)
  })
})

describe('changes and warnings', () => {
  test('changes have a path and the position of their command', () => {
    const { changes } = applyV3Script(
      `${update('a.b', '1')}${update('l[*]', '0')}${remove('x')}`,
      'l: [1, 2]\nx: 1\n',
      { scriptName: 's' },
    )
    expect(changes).toEqual([
      { kind: 'created', path: ['a', 'b'], position: { file: 's', line: 1, column: 3 } },
      { kind: 'replaced', path: ['l', 0], position: { file: 's', line: 4, column: 3 } },
      { kind: 'replaced', path: ['l', 1], position: { file: 's', line: 4, column: 3 } },
      { kind: 'deleted', path: ['x'], position: { file: 's', line: 7, column: 3 } },
    ])
  })

  test.each([
    ['nothing matches', 'a: {}\n', update('a.*.b', '1'), 'matched-nothing'],
    ['a path leads into scalar items', 'b: [x, y]\n', update('b[*].c', '1'), 'matched-nothing'],
    ['the document is replaced', 'a: 1\n', '- {command: update, value: 1}\n', 'whole-document'],
    ['the printed text is not YAML', 'a: # comment\n  text\nb: 1\n', '', 'output-invalid'],
    ['the printed text is different data', 'a: >\n  x\n\n    y\nb: {c: }\n', '', 'data-changed'],
  ])('warns when %s', (_, base, script, code) => {
    expect(applyV3Script(script, base).warnings.map((warning) => warning.code)).toEqual([code])
  })

  test.each([
    ['a delete below a string', 'a: text\n', remove('a.b.x'), ['replaced a']],
    [
      'a delete that expects a list instead of a map',
      'plank: {a: 1}\n',
      remove('plank[0].x'),
      ['replaced plank', 'created plank.0'],
    ],
    ['a delete that pads a list', 'l: [1]\n', remove('l[2].x'), ['created l.1', 'created l.2']],
    [
      'a filter that replaces a node it traverses',
      'a:\n  b: {c: text}\n',
      remove('a.(c.d==1).x'),
      ['replaced a.b.c'],
    ],
    ['an update through a null', 'a:\n', update('a.b', '1'), ['created a.b']],
    ['an update that creates a map for a pattern', 'a: 1\n', update('b.*', '1'), ['created b']],
    ['an index from the end', 'l: [1, 2]\n', update('l[-1]', '3'), ['replaced l.1']],
    ['a string on the path', 'a: text\n', update('a.b', '1'), ['replaced a', 'created a.b']],
  ])('records %s', (_, base, script, changes) => {
    const result = applyV3Script(script, base)
    expect(result.changes.map(({ kind, path }) => `${kind} ${path.join('.')}`)).toEqual(changes)
  })

  test.each([
    ['a[0][1]', 4, 'yq 3 drops this [, because it expects a dot after ]', 'write a[0].[1]'],
    ['.plank.x', 0, 'the key before this dot is empty', 'write plank.x, or "" for an empty key'],
    ['a..b', 2, 'the key before this dot is empty', 'write a.b, or "" for an empty key'],
    ['a[0', 1, 'this [ is never closed', 'close it with ]'],
  ])('warns of the odd path %s', (path, offset, message, hint) => {
    const { warnings } = applyV3Script(`- command: update\n  path: '${path}'\n  value: 1\n`, 'b: 1\n', {
      scriptName: 's',
    })
    expect(warnings.filter(({ code }) => code === 'path-misread')).toEqual([
      { code: 'path-misread', message, hint, position: { file: 's', line: 2, column: 10 + offset } },
    ])
  })

  test('suggests a field for a key that yq 3 ignores', () => {
    const { warnings } = applyV3Script('- command: update\n  pth: a\n  value: 1\n', 'a: 2\n', {
      scriptName: 's',
    })
    expect(warnings.find(({ code }) => code === 'field-unknown')).toEqual({
      code: 'field-unknown',
      message: 'yq 3 ignores `pth`',
      hint: 'did you mean `path`?',
      position: { file: 's', line: 2, column: 3 },
    })
  })

  test('has no warnings for a normal run', () => {
    expect(applyV3Script(update('l[2]', 'x'), 'l: [1]\n').warnings).toEqual([])
    expect(applyV3Script(update('a.b', 'x'), 'a:\n  b: 1 # c\n').warnings).toEqual([])
  })
})

describe('limits', () => {
  const again = (path: string): string => `- {<<: *first, path: '${path}'}\n`

  test('a value that contains itself is an error', () => {
    const script = `- &first\n  command: update\n  path: a\n  value: [x]\n${again('a[0]')}`
    expect(faultOf(script).sentence).toBe('a collection contains itself')
  })

  test('the expansion of shared collections is limited', () => {
    const doubling = Array.from({ length: 40 }, (_, level) => {
      const path = `a${'.[0]'.repeat(level)}`
      return `${update(`${path}.*`, '[x, y]')}`
    })
    expect(faultOf(`${update('a', '[x, y]')}${doubling.join('')}`, 'a: 1\n').code).toBe('limit-exceeded')
  })

  const laughs = (map: (alias: string) => string): string =>
    `a0: &a0 {k: x}\n${Array.from({ length: 40 }, (_, level) => `a${level + 1}: &a${level + 1} ${map(`*a${level}`)}\n`).join('')}`

  test.each([
    ['lists', laughs((alias) => `[${alias}, ${alias}, ${alias}]`)],
    ['maps', laughs((alias) => `{p: ${alias}, q: ${alias}}`)],
    ['merge keys', laughs((alias) => `{<<: [${alias}, ${alias}]}`)],
  ])('a filter through aliases that expand to billions of %s is limited', (_, base) => {
    const fault = faultOf(remove('(zz.**==y).b') + remove('(**==y).b'), base)
    expect(fault.sentence).toBe('the paths of the script take more than 3000000 steps through the document')
    expect(fault.position?.line).toBeGreaterThan(0)
  })

  test('padded items are counted for all paths and commands', () => {
    const base = Array.from({ length: 50 }, (_, index) => `k${index}: []\n`).join('')
    expect(faultOf(update('**.[90000]', '1'), base).sentence).toBe(
      'indexes in paths add more than 100000 items to lists',
    )
  })

  test('the expansion of aliases in JSON is limited', () => {
    const base = laughs((alias) => `[${alias}, ${alias}]`)
    expect(() => applyV3Script('[]', base, { json: true })).toThrow(
      expect.objectContaining({ code: 'limit-exceeded' }),
    )
  })

  test('aliases in a script that expand to billions of commands are an error', () => {
    const levels = Array.from({ length: 12 }, (_, index) => {
      const merged = Array.from({ length: 10 }, () => `*a${index}`).join(', ')
      return `- &a${index + 1} {<<: [${merged}]}\n`
    })
    const script = `- &a0 {command: update, path: a, value: 1}\n${levels.join('')}`
    expect(faultOf(script).sentence).toBe(
      'the aliases of the script expand to more than yq 3 allows: 99 % of all fields',
    )
  })

  test('ten thousand levels do not overflow the stack', () => {
    const levels = 9_990
    const [open, close] = ['{a: '.repeat(levels), '}'.repeat(levels)]
    expect(applyV3Script(update('**', '2'), `${open}1${close}\n`).text).toBe(`${open}2${close}\n`)
  })

  test('an alias inside its own anchor is an error', () => {
    expect(faultOf(update('a.(**==x)', '1'), 'a:\n  b: &x\n    c: *x\n').code).toBe('limit-exceeded')
  })
})
