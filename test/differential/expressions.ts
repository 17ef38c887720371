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

/** Words that take the value before a `|` and nothing else. */
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

/** A random expression: mostly of those that evaluate, so that documents get changed rather than refused. */
export function randomExpression(draw: Draw): string {
  return expression(draw, 2)
}

function path(draw: Draw): string {
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

function expression(draw: Draw, depth: number): string {
  if (depth === 0) return chance(draw, 1, 3) ? literal(draw) : chance(draw, 1, 8) ? '.' : path(draw)
  const inner = (): string => expression(draw, depth - 1)
  switch (draw.below(16)) {
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

function argument(draw: Draw, inner: () => string): string {
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
