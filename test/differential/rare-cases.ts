import type { Case } from '../vectors/cases/case.ts'
import { randomDocument } from './documents.ts'
import { chance, type Draw, list, pick } from './draw.ts'

/**
 * Makes a case that `randomCase` does not cover: other input formats, dates, variables, loops, rare flags and
 * rare operators.
 */
export function rareCase(draw: Draw): Case {
  const format = pick(draw, FORMATS)
  const output = chance(draw, 1, 2) ? [`-o${pick(draw, OUTPUTS)}`] : []
  const more = chance(draw, 1, 3) ? pick(draw, FLAGS) : []
  const { document, flags } = format(draw)
  return { document, expression: expressionOf(draw, 2), flags: [...flags, ...output, ...more] }
}

type Format = (draw: Draw) => { readonly document: string; readonly flags: readonly string[] }

const yaml: Format = (draw) => ({ document: randomDocument(draw), flags: [] })
const plain: Format = (draw) => ({ document: block(draw, '', 3), flags: [] })
const FORMATS: readonly Format[] = [
  yaml,
  yaml,
  plain,
  plain,
  plain,
  (draw) => ({ document: list(draw, 1, 2, () => json(draw, 3)).join('\n'), flags: ['-pj'] }),
  (draw) => ({ document: properties(draw), flags: ['-pp'] }),
  (draw) => ({ document: separated(draw, ','), flags: ['-pc'] }),
  (draw) => ({ document: separated(draw, '\t'), flags: ['-pt'] }),
  (draw) => ({ document: xml(draw), flags: ['-px'] }),
  (draw) => ({ document: Buffer.from(pick(draw, TEXTS)).toString('base64'), flags: ['-pbase64'] }),
  (draw) => ({ document: pick(draw, ['a%20b', 'a+b', '%', '%C3%A9', 'x%2', 'a%0Ab\n']), flags: ['-puri'] }),
]
const OUTPUTS = ['y', 'j', 'p', 'c', 't', 'x', 's', 'base64', 'uri', 'toml', 'ini'] as const
const FLAGS: readonly (readonly string[])[] = [
  ['-P'],
  ['-I0'],
  ['-I1'],
  ['-I3'],
  ['-I7'],
  ['-N'],
  ['-0'],
  ['-r=false'],
  ['-r'],
  ['-e'],
  ['-c'],
  ['ea'],
  ['-n'],
  ['-j'],
  ['--header-preprocess=false'],
  ['--string-interpolation=false'],
  ['--yaml-fix-merge-anchor-to-spec'],
  ['--properties-separator', ':'],
  ['--properties-array-brackets'],
  ['--csv-separator', ';'],
  ['--csv-auto-parse=false'],
  ['--tsv-auto-parse=false'],
  ['--xml-attribute-prefix', '_'],
  ['--xml-content-name', 'text'],
  ['--xml-keep-namespace=false'],
  ['--xml-raw-token=false'],
  ['--xml-skip-directives'],
  ['--xml-skip-proc-inst'],
  ['--xml-strict-mode'],
  ['--xml-directive-name', 'dir'],
  ['--xml-proc-inst-prefix', 'pi_'],
  ['--shell-key-separator', '.'],
  ['-M'],
  ['-P', '-oj'],
  ['-f', 'extract'],
  ['-f', 'process'],
]

const KEYS = [
  'a',
  'b',
  'c',
  'name',
  'v',
  'x y',
  'a.b',
  '+@id',
  '+content',
  '<<',
  '1',
  'é',
  'A_B',
  '-',
  '',
] as const
const TEXTS = [
  'x',
  'a b',
  'true',
  'null',
  '1',
  '-2.50',
  '1e3',
  '',
  'é😀',
  'a,b',
  'q"q',
  "it's",
  'l1\nl2',
  'tab\tx',
  ' lead',
  'trail ',
  '<a>&amp;',
  '2021-03-04T05:06:07Z',
  '2021-03-04',
  '$HOME',
  '# no',
  'k: v',
  '[1]',
  '{a: 1}',
  '0x1F',
  'a=b',
  '\\n',
  '\u007f',
] as const

function json(draw: Draw, depth: number): string {
  const space = pick(draw, ['', '', ' ', '\n  '])
  switch (draw.below(depth > 0 ? 8 : 4)) {
    case 0:
      return JSON.stringify(pick(draw, TEXTS))
    case 1:
      return pick(draw, ['1', '-1.5', '1e3', '1E-7', '12345678901234567890', '0.10', '100000000', '-0'])
    case 2:
      return pick(draw, ['true', 'false', 'null', '""', '"\\u00e9"', '"\\ud83d\\ude00"', '"\\/"'])
    case 3:
      return pick(draw, ['{}', '[]'])
    case 4:
    case 5:
      return `[${space}${list(draw, 0, 3, () => json(draw, depth - 1)).join(`,${space}`)}${space}]`
    default: {
      const keys = [...new Set(list(draw, 0, 4, () => pick(draw, KEYS)))]
      return `{${space}${keys.map((key) => `${JSON.stringify(key)}:${space}${json(draw, depth - 1)}`).join(`,${space}`)}${space}}`
    }
  }
}

/** Maps and lists of plain scalars, which most operators accept. */
function block(draw: Draw, indent: string, depth: number): string {
  if (chance(draw, 1, 3)) return list(draw, 1, 4, () => `${indent}-${value(draw, indent, depth)}`).join('')
  const keys = new Set(list(draw, 1, 5, () => pick(draw, ['a', 'b', 'c', 'name', 'v', 'd', 'x1'])))
  return [...keys].map((key) => `${indent}${key}:${value(draw, indent, depth)}`).join('')
}

function value(draw: Draw, indent: string, depth: number): string {
  if (depth > 0 && chance(draw, 1, 3)) return `\n${block(draw, `${indent}  `, depth - 1)}`
  return ` ${pick(draw, SCALARS)}${chance(draw, 1, 10) ? ' # c' : ''}\n`
}

const SCALARS = [
  'x',
  'cat',
  '1',
  '2',
  '3.5',
  '-4',
  'true',
  'false',
  'null',
  '~',
  '""',
  "'q'",
  '[1, 2, 3]',
  '[]',
  '{}',
  '{a: 1, b: x}',
  '[{a: 1}, {a: 2}, {b: 1}]',
  '2021-03-04',
  '2021-03-04T05:06:07Z',
  '2021-03-04T05:06:07+02:00',
  '1600000000',
  '3h5m',
  'a,b,c',
  'eA==',
  '0x1F',
  '!t y',
  'Cat Dog',
] as const

function properties(draw: Draw): string {
  return list(draw, 0, 6, () =>
    pick(draw, [
      () =>
        `${propertyKey(draw)}${pick(draw, [' = ', '=', ':', ' ', ' : '])}${pick(draw, PROPERTY_VALUES)}\n`,
      () => `${propertyKey(draw)} = ${pick(draw, PROPERTY_VALUES)}\n`,
      () => pick(draw, ['# c\n', '! d\n', '\n', '#\n', '# x\n# y\n', 'alone\n', '  indented = 1\n']),
    ])(),
  ).join('')
}

function propertyKey(draw: Draw): string {
  return list(draw, 1, 3, () => pick(draw, ['a', 'b', 'c', '0', '1', 'x\\ y', 'k-1', '[0]', '*'])).join('.')
}

const PROPERTY_VALUES = [
  'x',
  '1',
  'true',
  '',
  'a b  ',
  'l1 \\\n   l2',
  '\\u00e9',
  '\\t|',
  '${a}',
  '${zz}',
  'a=b',
  '# no',
  'é',
  '"q"',
  '[1]',
  '\\',
] as const

function separated(draw: Draw, separator: string): string {
  const width = 1 + draw.below(4)
  const cell = (): string =>
    pick(draw, [
      'x',
      '1',
      '',
      'true',
      '"a,b"',
      '"q""q"',
      '"l1\nl2"',
      ' s ',
      '{a: 1}',
      '[1]',
      'null',
      '2.50',
      'é',
      '# c',
    ])
  const row = (length: number): string => Array.from({ length }, cell).join(separator)
  const header = ['a', 'b', 'c.d', 'name'].slice(0, width).join(separator)
  const rows = list(draw, 0, 4, () => row(chance(draw, 1, 10) ? width + 1 : width))
  return [header, ...rows].join(pick(draw, ['\n', '\n', '\r\n'])) + pick(draw, ['\n', ''])
}

function xml(draw: Draw): string {
  const lead = pick(draw, [
    '',
    '',
    '<?xml version="1.0"?>\n',
    '<!-- head -->\n',
    '<!DOCTYPE a SYSTEM "x">\n',
    '<?xml version="1.0" encoding="UTF-8"?><!-- c -->\n',
  ])
  return `${lead}${element(draw, 3)}${pick(draw, ['', '\n', '<!-- foot -->', '\n<b/>'])}`
}

function element(draw: Draw, depth: number): string {
  const name = pick(draw, ['a', 'b', 'c', 'ns:d', 'item'])
  const attributes = list(
    draw,
    0,
    2,
    (index) => ` ${pick(draw, ['id', 'xmlns:ns', 'x'])}${index}="${pick(draw, ['1', 'é', '&lt;', ''])}"`,
  )
  const start = `<${name}${attributes.join('')}`
  if (chance(draw, 1, 5)) return `${start}/>`
  const children = list(draw, 0, 3, () =>
    depth > 0 && chance(draw, 1, 2)
      ? element(draw, depth - 1)
      : pick(draw, [
          'text',
          ' ',
          '\n  ',
          '&amp;',
          '<![CDATA[<x>]]>',
          '<!-- c -->',
          '<?p i?>',
          '1',
          'true',
          'é',
          '&#65;',
        ]),
  )
  return `${start}>${children.join('')}</${name}>`
}

const PATHS = [
  '.',
  '.',
  '.a',
  '.b',
  '.c',
  '.[0]',
  '.[]',
  '.a.b',
  '.a[0]',
  '..',
  '.[-1]',
  '.a[]',
  '.name',
  '.a["b"]',
  '.v',
] as const
const FORMAT_STRINGS = [
  '"2006-01-02"',
  '"Monday, 02-Jan-06 at 3:04PM MST"',
  '"15:04:05.000"',
  '"Jan _2"',
] as const

/** Operators without arguments. */
const WORDS = [
  'from_props',
  '@csvd',
  '@tsvd',
  '@propsd',
  '@xmld',
  '@jsond',
  '@yamld',
  '@urid',
  '@base64d',
  '@base64',
  '@sh',
  '@uri',
  '@props',
  '@xml',
  '@tsv',
  '@toml',
  '@ini',
  'to_json(1)',
  'to_xml(3)',
  'to_yaml(0)',
  '@json',
  'tojson',
  'toprops',
  'from_xml',
  'from_csv',
  'from_tsv',
  'to_unix',
  'from_unix',
  'to_number',
  'tz("Europe/Berlin")',
  'format_datetime("2006-01-02")',
  'parents',
  'parent(2)',
  'parent(-1)',
  'root',
  'documentIndex',
  'fileIndex',
  'filename',
  'splitDoc',
  'toEntries',
  'fromEntries',
  'to_entries | from_entries',
  'withEntries(.)',
  'sortKeys(.)',
  'is_key',
  'key | is_key',
  'path',
  'path | length',
  'keys | .[0]',
  'min',
  'max',
  'add',
  'array_to_map',
  'kind',
  'type',
  'column',
  'line',
  'first(.)',
  'pivot',
  'upcase | downcase',
  'ltrimstr("x")',
  'tojson | fromjson',
  'envsubst',
  'envsubst(nu)',
  'envsubst(ne, ff)',
  'to_string | length',
  '.[1:][0]',
  '.[-2:]',
  '.[:-1]',
  '.[1:2]',
  'flatten(2)',
  'unique | length',
  'map(. == 1) | any',
  'sort_by(.a) | reverse',
  'sort_by(.b, .a)',
  'group_by(.a)',
  'unique_by(.a)',
  'sort_by(-.)',
  'del(..)',
  'del(.[] | select(. == 1))',
  'del(.[0], .[1])',
  'delpaths([["a", 0], ["b"]])',
  'setpath(["a", 1, "n"]; 3)',
  'pick(["a", "c"])',
  'pick([-1, 0])',
  'omit([-1])',
  'has("a", "b")',
  'any_c(. > 1)',
  'all_c(. > 1)',
  'contains("a")',
  'contains({"a": [1]})',
  'test("(?i)C")',
  'test("a."; "gs")',
  'match("a"; "g")',
  '[match("(?P<one>.)(.)?"; "g")]',
  'capture("(?P<k>[a-z]+),(?P<v>[a-z]+)"; "g")',
  'sub("(?P<k>a)", "${k}$k")',
  'sub("\\\\b", "-")',
  'split(", *")',
  'split(",") | join("+")',
  'to_entries | map(select(.value != null)) | from_entries',
  'map_values(select(. != 1))',
  'with_entries(select(.key | test("^[ab]")))',
  'with_entries(.key |= upcase)',
  'eval("." + "a")',
  'load("none.yaml")',
  'shuffle | length',
  'comments',
  '... comments = "x"',
  '(.. | select(tag == "!!str")) line_comment |= upcase',
  '.. head_comment = ""',
  '.[] foot_comment = "f\\n\\ng"',
  '. line_comment = "a\\nb"',
  '(.. | select(key == "a") | key) head_comment = "on key"',
  '(keys | .[0]) line_comment = "x"',
  '.a style = .b',
  '.. style |= "flow"',
  '.. tag = "!!str"',
  '.a anchor = "new" | .b alias = "new"',
  '.a anchor |= "n" | explode(.)',
  'explode(..)',
  'explode(.a)',
  'path(.., .a)',
  'to_entries[0].key',
  'select(.a and .b)',
  'select(.a or not)',
  'select(has("a") | not)',
  'filter(. > 1)',
  'error("e")',
  'getpath(["a", "b"])',
  'splits(",")',
  'ascii_downcase',
  'limit(1; .[])',
  'now | tag',
] as const

const LITERALS = [
  '1',
  '-1',
  '2.5',
  '"x"',
  '"c*"',
  'null',
  'true',
  '[]',
  '{}',
  '[1, "a"]',
  '{"a": 1}',
  '"\\(.a) \\(.b)"',
  '"1h"',
  '0x10',
  '{a: .b}',
  '{"k": .[]}',
  '{(.a): 1}',
  '{"a": 1, "b": {"c": [2]}}',
] as const
const SIGNS = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '//',
  '==',
  '!=',
  '<',
  '>=',
  'and',
  'or',
  '*+',
  '*d',
  '*n',
  '*?',
  '*c',
  '*dn',
  '*+?',
  '*nc',
  ',',
  '|',
  '|=',
  '=',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '//=',
  '*+=',
  '=c',
  '|=c',
  '*=d',
] as const

function expressionOf(draw: Draw, depth: number): string {
  const inner = (): string => (depth === 0 ? leaf(draw) : expressionOf(draw, depth - 1))
  const path = pick(draw, PATHS)
  switch (draw.below(14)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return `${path} | ${pick(draw, WORDS)}`
    case 4:
      return `${inner()} | ${pick(draw, WORDS)}`
    case 5:
      return `${inner()} ${pick(draw, SIGNS)} ${inner()}`
    case 6:
      return `(${inner()}) ${pick(draw, SIGNS)} (${inner()})`
    case 7:
      return pick(draw, [
        `${path} as $x | ${inner()} + $x`,
        `${path} as $x | ${path} as $y | [$x, $y]`,
        `${path} ref $x | $x = ${leaf(draw)}`,
        `.. as $i ireduce (${leaf(draw)}; . + $i)`,
        `.[] as $i ireduce ({}; .[$i | tag] += 1)`,
        `${path}[] as $i ireduce ([]; . + [$i | ${pick(draw, WORDS)}])`,
        `. as $item ireduce ({}; . *+ $item)`,
        `$undefined`,
      ])
    case 8:
      return pick(draw, [
        `with_dtf(${pick(draw, FORMAT_STRINGS)}; ${path} | format_datetime(${pick(draw, FORMAT_STRINGS)}))`,
        `${path} |= format_datetime(${pick(draw, FORMAT_STRINGS)})`,
        `${path} ${pick(draw, ['+', '-'])} "${pick(draw, ['3h', '1h10m', '-5s', 'x', '1.5h'])}"`,
        `${path} |= from_unix`,
        `${path} | from_unix | tz("Asia/Kolkata")`,
        `with_dtf(${pick(draw, FORMAT_STRINGS)}; ${path} + "24h")`,
        `(${path} | to_unix) > 1000`,
      ])
    case 9:
      return `(${pick(draw, ['..', '.[]', '.a, .b', '...'])} | select(${pick(draw, ['tag == "!!str"', 'kind == "map"', 'key == "a"', '. == "c*"', 'type == "!!int"', 'is_key', 'length > 1'])})) ${pick(draw, ['|=', '=', '+=', '*='])} (${inner()})`
    case 10:
      return `${path} ${pick(draw, ['|=', '=', '+='])} ${inner()}`
    case 11:
      return pick(draw, [
        `[${inner()}]`,
        `{"k": ${inner()}}`,
        `[.[] | ${pick(draw, WORDS)}]`,
        `with(${path}; ${inner()})`,
        `map(${inner()})`,
        `(${inner()})[0]`,
        `del(${path}, ${pick(draw, PATHS)})`,
        `${inner()} ## c`,
        `${path}?`,
        `.. |= (${inner()})`,
      ])
    default:
      return leaf(draw)
  }
}

function leaf(draw: Draw): string {
  return chance(draw, 1, 2) ? pick(draw, PATHS) : pick(draw, LITERALS)
}
