import { chance, type Draw, list, pick } from './draw.ts'

const NAMES = [
  'a',
  'b',
  'c',
  'd',
  'name',
  'plank',
  'deck',
  'x-y',
  'q',
  's',
  '*',
  'a*',
  'a.b',
  '1',
  'k0',
  'a0',
] as const
const STRINGS = [
  '"x"',
  '"cat"',
  '"c*"',
  '"a"',
  '"1"',
  '""',
  '"a\\nb"',
  '"new value"',
  '"true"',
  '"é"',
  '"https://prow.ci/{{.A}}"',
  '"pre-\\(.a)"',
  '" "',
  '"x,y"',
] as const
const NUMBERS = ['0', '1', '2', '-1', '3.5', '10', '0x1F', '1e3'] as const
const LITERALS = ['true', 'false', 'null', '~', '[]', '{}'] as const

/** Operators without arguments. */
const WORDS = [
  'length',
  'keys',
  'tag',
  'type',
  'kind',
  'style',
  'anchor',
  'alias',
  'key',
  'path',
  'is_key',
  'parent',
  'root',
  'line_comment',
  'head_comment',
  'foot_comment',
  'sort',
  'reverse',
  'unique',
  'flatten',
  'flatten(1)',
  'to_entries',
  'from_entries',
  'any',
  'all',
  'not',
  'min',
  'max',
  'upcase',
  'downcase',
  'trim',
  'to_number',
  'to_string',
  'to_yaml',
  'to_json',
  'to_json(0)',
  '@json',
  '@yaml',
  '@base64',
  '@base64d',
  '@uri',
  '@urid',
  '@sh',
  'from_json',
  'from_yaml',
  'explode(.)',
  'document_index',
  'file_index',
  'line',
  'column',
  'sort_keys(.)',
  'sort_keys(..)',
  'pivot',
  'first',
  'array_to_map',
  'split_doc',
  '..',
  '...',
  '.[]',
  '.[]?',
  '.[0]',
  '.[-1]',
  '.[1:]',
  '.[:1]',
  'to_props',
  'to_csv',
  'to_tsv',
  '@csv',
  'to_xml',
] as const

const ARGUMENTS = [
  'select',
  'map',
  'map_values',
  'filter',
  'with_entries',
  'sort_by',
  'group_by',
  'unique_by',
  'any_c',
  'all_c',
  'first',
  'has',
  'contains',
  'del',
  'pick',
  'omit',
  'join',
  'split',
  'test',
  'match',
  'capture',
  'sub',
  'with',
  'path',
  'error',
  'eval',
  'explode',
  'sort_keys',
  'to_yaml',
  'key',
  'del_paths',
  'set_path',
  'env',
  'strenv',
] as const

const BINARY = [
  '|',
  '|',
  ',',
  '=',
  '|=',
  '+',
  '-',
  '*',
  '/',
  '%',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '//',
  'and',
  'or',
  '+=',
  '-=',
  '*=',
  '*+',
  '*d',
  '*n',
  '*?',
  '*c',
  '*+d',
  '=c',
] as const

const PROPERTIES = [
  'style',
  'tag',
  'anchor',
  'alias',
  'line_comment',
  'head_comment',
  'foot_comment',
  'comments',
] as const
const STYLES = ['"double"', '"single"', '"literal"', '"folded"', '"flow"', '""', '"tagged"'] as const

/**
 * Makes a random expression. Most expressions evaluate, so that they change the document instead of failing.
 *
 * @param paths paths that exist in the document under test
 */
export function randomExpression(draw: Draw, paths: readonly string[] = []): string {
  return expression({ ...draw, paths }, 2)
}

interface PathDraw extends Draw {
  readonly paths: readonly string[]
}

function path(draw: PathDraw): string {
  if (draw.paths.length > 0 && chance(draw, 7, 8)) {
    const known = pick(draw, draw.paths)
    return chance(draw, 1, 5)
      ? known + pick(draw, ['[]', '.new', '[0]', '[-1]', '.a', '[1:]', '?', '[]?', '.*'])
      : known
  }
  const parts = list(draw, 1, 3, (index) => {
    switch (draw.below(12)) {
      case 0:
        return `${index === 0 ? '.' : ''}[${pick(draw, ['0', '1', '-1', '', '3', '0:1', '"a"', '"a*"'])}]`
      case 1:
        return `."${pick(draw, ['a', 'q', 'a.b', 'github/ci/**/*.yaml', 'x-y'])}"`
      case 2:
        return `.${pick(draw, NAMES)}[]`
      case 3:
        return `.["${pick(draw, NAMES)}"]`.slice(index === 0 ? 0 : 1)
      default:
        return `.${pick(draw, NAMES)}`
    }
  })
  return parts.join('')
}

function literal(draw: Draw): string {
  switch (draw.below(8)) {
    case 0:
    case 1:
    case 2:
      return pick(draw, STRINGS)
    case 3:
    case 4:
      return pick(draw, NUMBERS)
    case 5:
      return pick(draw, LITERALS)
    case 6:
      return `[${list(draw, 0, 3, () => pick(draw, [...STRINGS, ...NUMBERS])).join(', ')}]`
    default:
      return `{${list(draw, 1, 2, () => `"${pick(draw, NAMES)}": ${pick(draw, [...STRINGS, ...NUMBERS])}`).join(', ')}}`
  }
}

function expression(draw: PathDraw, depth: number): string {
  if (depth === 0) return chance(draw, 1, 3) ? literal(draw) : chance(draw, 1, 8) ? '.' : path(draw)
  const inner = (): string => expression(draw, depth - 1)
  switch (draw.below(20)) {
    case 16:
    case 17:
    case 18:
    case 19:
      return typed(draw)
    case 0:
    case 1:
    case 2:
      return `${path(draw)} ${pick(draw, ['=', '|=', '+=', '='])} ${inner()}`
    case 3:
    case 4:
      return `${inner()} | ${pick(draw, WORDS)}`
    case 5:
      return `del(${path(draw)})`
    case 6:
      return `${path(draw)} ${pick(draw, PROPERTIES)} ${pick(draw, ['=', '|='])} ${chance(draw, 1, 2) ? pick(draw, STYLES) : literal(draw)}`
    case 7:
      return `(${inner()}) ${pick(draw, BINARY)} (${inner()})`
    case 8:
    case 9:
      return `${inner()} ${pick(draw, BINARY)} ${inner()}`
    case 10:
      return argument(draw, inner)
    case 11:
      return `${pick(draw, ['..', '...', '.[]', '.'])} | ${argument(draw, inner)}`
    case 12:
      return `with(${path(draw)}; ${inner()})`
    case 13:
      return pick(draw, [
        `${path(draw)} as $v | ${inner()}`,
        `.[] as $i ireduce (0; . + $i)`,
        `${path(draw)} as $v | $v`,
        `{"${pick(draw, NAMES)}": ${inner()}}`,
        `[${inner()}]`,
        `"\\(${path(draw)}) and"`,
      ])
    case 14:
      return `(${pick(draw, ['..', '.[]', '.*', path(draw)])} | select(${selector(draw)})) ${pick(draw, ['=', '|='])} ${inner()}`
    default:
      return `${path(draw)} * ${literal(draw)}`
  }
}

/** Operators by the tag of the values that they work on. */
const BY_TAG: Readonly<Record<string, readonly string[]>> = {
  '!!str': [
    'upcase',
    'downcase',
    'trim',
    '. + "x"',
    '"x" + .',
    'sub("a", "b")',
    'sub("([a-z])", "<$1>")',
    'length',
    '@base64',
    '@uri',
    '@sh',
    'split("")',
    'split(" ")',
    '"<\\(.)>"',
    '. * 2',
    'to_json',
    '@json',
    'test("[a-c]")',
    '[match("[a-z]"; "g") | .string]',
    'capture("(?P<x>.)")',
    '.[1:]',
    '. == "c*"',
    '. < "m"',
    'to_number',
    'contains("a")',
    '@base64d',
    'from_yaml',
    'from_json',
    '. / "a"',
    'trim | length',
    '. style="literal"',
    '. style="folded"',
    '. tag="!!int"',
    '. anchor="q"',
    '. line_comment="l"',
    '. head_comment="h"',
    '. foot_comment="f"',
    'line_comment',
    'to_props',
  ],
  '!!int': [
    '. + 1',
    '. - 1',
    '. * 2',
    '. / 3',
    '. % 2',
    '. + 0.5',
    '. > 1',
    '. == 1',
    'to_string',
    '. + "x"',
    '. * "x"',
    '. tag="!!str"',
    '. style="double"',
    '-1 * .',
    '. * .',
    '. line_comment = "n"',
    'tag',
  ],
  '!!float': ['. + 1', '. * 2', '. / 2', '. - 0.1', '. < 1', 'to_string', '. * .'],
  '!!bool': ['not', '. and true', '. or false', '. == true', 'to_string', '. // "x"', 'tag'],
  '!!null': [
    '. // "x"',
    '. == null',
    '. = 1',
    '. + 1',
    '.a.b = 1',
    '.[1] = 2',
    'to_json',
    'length',
    'not',
    '. * {"a": 1}',
    '. + ["a"]',
  ],
  '!!map': [
    'keys',
    'length',
    'to_entries',
    'to_entries | from_entries',
    'with_entries(.key |= "p" + .)',
    'with_entries(select(.value != null))',
    'sort_keys(.)',
    'sort_keys(..)',
    'del(.a)',
    'del(.*)',
    'pick(["b", "a"])',
    'omit(["a"])',
    '. * {"a": 1}',
    '. + {"z": [1]}',
    '. *n {"a": 9, "q": 1}',
    '. *? {"a": 9, "q": 1}',
    '. *d {"a": [1]}',
    '. *+ {"a": [1]}',
    '. *c {"a": 1}',
    'map_values(.)',
    'map_values(tag)',
    'map(tag)',
    'to_json',
    'to_json(0)',
    'to_yaml',
    '@json',
    '@yaml',
    'has("a")',
    '.a = {"x": .b}',
    '.b = "s"',
    '.new = .a',
    '.a as $x | .c = $x',
    'explode(.)',
    '. style="flow"',
    '.. style="double"',
    '... comments=""',
    'to_props',
    'to_xml',
    'path(..)',
    '.. | path',
    '[..]',
    '{"k": .}',
    'any',
    '. == .',
    '. line_comment="l"',
    '. head_comment="h"',
    '. foot_comment="f"',
    '. tag="!t"',
    '. anchor="q"',
    '.a |= .',
    'with(.a; . = 1)',
    'keys | sort',
    'to_entries | map(.key)',
    'unique',
    'sort',
    'contains({"a": 1})',
    'pivot',
    'first',
    'array_to_map',
    'flatten',
    '.[]',
    'select(.a)',
    '.["a*"]',
    '.[]?',
    'length as $n | {"n": $n}',
  ],
  '!!seq': [
    'sort',
    'reverse',
    'unique',
    'flatten',
    'flatten(1)',
    'length',
    'map(.)',
    'map(tag)',
    'map([.])',
    '.[0]',
    '.[-1:]',
    '.[1:]',
    '.[:1]',
    '. + ["x"]',
    '. - ["x"]',
    '. + 1',
    '. * ["z"]',
    '. *+ ["z"]',
    '. *d ["z"]',
    'first',
    'group_by(tag)',
    'sort_by(tag)',
    'unique_by(tag)',
    'to_json(0)',
    'to_yaml',
    '@json',
    'keys',
    'has(1)',
    'del(.[0])',
    'del(.[])',
    '.[0] = "n"',
    '.[3] = "n"',
    '.[] |= .',
    '.[] += 1',
    'any',
    'all',
    'min',
    'max',
    'join(",")',
    'filter(tag == "!!str")',
    'pick([0])',
    'pick([1, 0])',
    'omit([0])',
    'contains(["x"])',
    '. style="flow"',
    '. style=""',
    'to_entries',
    'array_to_map',
    'from_entries',
    'pivot',
    '.[] as $i ireduce (0; . + 1)',
    '.[] as $i ireduce ({}; . * {"k": $i})',
    'map(select(. != null))',
    '[.[] | {"v": .}]',
    'any_c(. == 1)',
    'all_c(tag == "!!str")',
    'add',
    '.[0] line_comment="l"',
    '.[0] head_comment="h"',
    '.[-1] foot_comment="f"',
    '@csv',
    '@tsv',
    'to_props',
    'explode(.)',
    'first(tag == "!!str")',
    'sort | reverse',
    'reverse | .[0]',
    'path(.[])',
    '.[] | key',
    '.[] | parent | length',
    'map(length)',
    'map(. // "d")',
    '. - [1, null]',
  ],
}

/** Applies an operator to all nodes that have its tag, either to change them or to read them. */
function typed(draw: Draw): string {
  const [tag = '', operators = []] = pick(draw, Object.entries(BY_TAG))
  const nodes = `${pick(draw, ['..', '..', '.[]', '...', '.'])} | select(tag == "${tag}")`
  const operator = pick(draw, operators)
  switch (draw.below(5)) {
    case 0:
      return `${nodes} | ${operator}`
    case 1:
      return `[${nodes} | ${operator}]`
    case 2:
      return `(${nodes}) |= (${operator} | ${pick(draw, operators)})`
    default:
      return `(${nodes}) |= ${operator.includes(' ') ? `(${operator})` : operator}`
  }
}

function selector(draw: Draw): string {
  return pick(draw, [
    '. == "c*"',
    '. == "x"',
    'tag == "!!str"',
    'tag == "!!map"',
    '. == 1',
    'has("a")',
    '.a == "x"',
    'kind == "scalar"',
    'test("^c")',
    '. > 1',
    'key == "a"',
    'length > 1',
    'type == "!!seq"',
    'anchor == "x0"',
  ])
}

function argument(draw: PathDraw, inner: () => string): string {
  const name = pick(draw, ARGUMENTS)
  switch (name) {
    case 'select':
    case 'filter':
    case 'any_c':
    case 'all_c':
      return `${name}(${selector(draw)})`
    case 'join':
    case 'split':
      return `${name}(${pick(draw, ['","', '" "', '""', '"-"'])})`
    case 'test':
    case 'match':
      return `${name}(${pick(draw, ['"^c"', '"[a-z]+"', '"x"', '"(?i)CAT"', '"a|b"'])})`
    case 'capture':
      return 'capture("(?P<first>[a-z])(?P<rest>.*)")'
    case 'sub':
      return `sub(${pick(draw, ['"a", "b"', '"[aeiou]", "<${0}>"', '"(c)at", "${1}ow"', '"$", "!"'])})`
    case 'has':
    case 'key':
      return `has(${pick(draw, ['"a"', '0', '"name"', '1'])})`
    case 'pick':
    case 'omit':
      return `${name}([${list(draw, 1, 2, () => pick(draw, ['"a"', '"b"', '0', '1', '"name"'])).join(', ')}])`
    case 'with_entries':
      return pick(draw, [
        'with_entries(.key |= "p_" + .)',
        'with_entries(select(.key == "a"))',
        'with_entries(.value = 1)',
      ])
    case 'map':
    case 'map_values':
      return `${name}(${pick(draw, ['. + 1', '.a', '. + "x"', 'tag', 'length', '. * 2', '[.]', 'select(. == "x")'])})`
    case 'sort_by':
    case 'group_by':
    case 'unique_by':
      return `${name}(${pick(draw, ['.a', '.', '.name', 'tag', 'length'])})`
    case 'with':
      return `with(${path(draw)}; . = ${literal(draw)})`
    case 'del_paths':
      return 'delpaths([["a"], ["b", 0]])'
    case 'set_path':
      return `setpath(["a", ${pick(draw, ['"b"', '0'])}]; ${literal(draw)})`
    case 'env':
    case 'strenv':
      return `${name}(UNSET_VARIABLE)`
    case 'error':
      return 'error("stop")'
    case 'eval':
      return 'eval(".a")'
    case 'to_yaml':
      return 'to_yaml(4)'
    default:
      return `${name}(${inner()})`
  }
}
