/** A small input that would grow or run forever without limits. */
export interface Growth {
  readonly name: string
  readonly document: string
  readonly expression: string
  /** The limit that the error message must name; absent when the result is small. */
  readonly bound?: RegExp
}

const NODES = /would make more than \d+ nodes/
const STEPS = /would take more than \d+ steps/
const CHARACTERS = /would have more than \d+ characters/

function times(count: number, step: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => step(index)).join(' | ')
}

function items(count: number, item: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `- ${item(index)}\n`).join('')
}

const DOUBLE = '. + .'
const TEN = 'a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n'
const ONE = 'a: x\n'
const DEEP = `${'{"a": '.repeat(9000)}1${'}'.repeat(9000)}`
const ALIASES = Array.from(
  { length: 40 },
  (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]\n`,
)
const BOMB = `a0: &a0 [x]\n${ALIASES.join('')}`
const MERGES = Array.from(
  { length: 30 },
  (_, index) =>
    `a${index}: &a${index} {${index > 0 ? `<<: [*a${index - 1}, *a${index - 1}], ` : ''}x${index}: 1}\n`,
).join('')
const LISTS = `a:\n${items(20_000, (index) => `{k: x${index}}`)}b:\n${items(20_000, (index) => `{k: y${index}}`)}`

/** Every way in which a yq 4 expression can grow or run: values, texts, results, comparisons, formats, searches. */
export const GROWTHS: readonly Growth[] = [
  { name: 'a list doubled', document: '[1]\n', expression: times(40, () => DOUBLE), bound: NODES },
  { name: 'a text doubled', document: '"x"\n', expression: times(40, () => DOUBLE), bound: CHARACTERS },
  {
    name: 'a text in itself',
    document: ONE,
    expression: times(40, () => '.a = "\\(.a)\\(.a)"'),
    bound: CHARACTERS,
  },
  {
    name: 'a map in itself',
    document: ONE,
    expression: times(40, (index) => `.a${index} = .`),
    bound: NODES,
  },
  {
    name: 'a map in itself, updated',
    document: ONE,
    expression: times(40, (index) => `.a${index} |= root`),
    bound: NODES,
  },
  {
    name: 'a map merged with itself',
    document: ONE,
    expression: times(40, (index) => `. *= {"x${index}": .}`),
    bound: NODES,
  },
  {
    name: 'a text replaced by a longer one',
    document: ONE,
    expression: times(40, () => '.a |= sub("x"; "xxxxxxxxxx")'),
    bound: STEPS,
  },
  {
    name: 'groups of a match repeated',
    document: ONE,
    expression: times(12, () => '.a |= sub("(.*)"; "$1$1$1$1$1$1$1$1")'),
    bound: CHARACTERS,
  },
  {
    name: 'quotes escaped again and again',
    document: 'a: "\\""\n',
    expression: times(60, () => '.a |= to_json'),
    bound: CHARACTERS,
  },
  {
    name: 'texts joined',
    document: TEN,
    expression: '[.a[] | ("x" * 10000000)] | join("") | length',
    bound: CHARACTERS,
  },
  {
    name: 'a text cut into characters',
    document: ONE,
    expression: '.a * 10000000 | split("") | length',
    bound: NODES,
  },
  {
    name: 'every match of a long text',
    document: ONE,
    expression: '.a * 10000000 | [match("x"; "g")] | length',
    bound: STEPS,
  },
  {
    name: 'a large regular expression',
    document: ONE,
    expression: '.a * 10000000 | test("(x|y|z){1000}w")',
    bound: STEPS,
  },
  {
    name: 'every item compared with every other',
    document: LISTS,
    expression: '.a - .b | length',
    bound: STEPS,
  },
  {
    name: 'texts compared with each other',
    document: LISTS,
    expression: '[.a[].k] - [.b[].k] | length',
  },
  {
    name: 'a billion sums',
    document: TEN,
    expression: `[${Array.from({ length: 9 }, () => '.a[]').join(' + ')}] | length`,
    bound: NODES,
  },
  {
    name: 'a billion comparisons',
    document: TEN,
    expression: `[${'.a[] == ('.repeat(8)}.a[]${')'.repeat(8)}] | length`,
    bound: NODES,
  },
  {
    name: 'a billion maps',
    document: TEN,
    expression: `{${Array.from('abcdefghi', (key) => `"${key}": .a[]`).join(', ')}}`,
    bound: NODES,
  },
  {
    name: 'nested loops',
    document: TEN,
    expression: `[${Array.from('abcdefgh', (name) => `.a[] as $${name}`).join(' | ')} | $a] | length`,
    bound: NODES,
  },
  {
    name: 'a list of all that a deep document holds',
    document: DEEP,
    expression: '[..] | length',
    bound: NODES,
  },
  { name: 'all paths of a deep document', document: DEEP, expression: '[.. | path] | length', bound: NODES },
  {
    name: 'large results side by side',
    document: '[1]\n',
    expression: `[${Array.from({ length: 60 }, () => `(${times(20, () => DOUBLE)})`).join(', ')}] | length`,
    bound: NODES,
  },
  {
    name: 'large variables',
    document: '[1]\n',
    expression: `${times(60, (index) => `(${times(20, () => DOUBLE)}) as $v${index}`)} | length`,
    bound: NODES,
  },
  {
    name: 'a list doubled by a reduction',
    document: '[1]\n',
    expression: `(${times(16, () => DOUBLE)})[] as $x ireduce([1]; . + .) | length`,
    bound: NODES,
  },
  {
    name: 'a list copied for each item',
    document: '[1]\n',
    expression: `(${times(16, () => DOUBLE)})[] as $x ireduce([]; . + [$x]) | length`,
    bound: STEPS,
  },
  {
    name: 'indices far after the end',
    document: '[]\n',
    expression: times(40, (index) => `.[${(index + 1) * 900_000}] = 1`),
    bound: NODES,
  },
  {
    name: 'aliases of aliases, exploded',
    document: BOMB,
    expression: 'explode(.) | length',
    bound: /expand to more than \d+ nodes/,
  },
  {
    name: 'aliases of aliases, as JSON',
    document: BOMB,
    expression: 'to_json | length',
    bound: /expand to more than \d+ nodes/,
  },
  {
    name: 'merges of merges',
    document: MERGES,
    expression: '.a29.x0',
    bound: /maps merge each other too often/,
  },
  {
    name: 'a long text read as YAML',
    document: ONE,
    expression: '("1," * 5000000) | "[" + . + "1]" | from_yaml | length',
    bound: /more than \d+ tokens/,
  },
  {
    name: 'a long text read as CSV',
    document: ONE,
    expression: '("a,b\n" * 2000000) | from_csv | length',
    bound: NODES,
  },
  {
    name: 'a long text read as XML',
    document: ONE,
    expression: '"<a>" + ("<b/>" * 2500000) + "</a>" | from_xml | length',
    bound: NODES,
  },
  { name: 'a long template', document: ONE, expression: '"$X$X" * 1000000 | envsubst | length' },
  { name: 'a document that is 9,000 levels deep', document: DEEP, expression: '.. |= . | length' },
]
