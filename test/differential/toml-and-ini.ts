import type { Case } from '../vectors/cases/case.ts'
import { randomDocument } from './documents.ts'
import { chance, type Draw, list, pick } from './draw.ts'

/** Makes a random case that reads or writes TOML or INI. */
export function randomFormatCase(draw: Draw): Case {
  const kind = draw.below(8)
  if (kind < 4)
    return { document: tomlDocument(draw), expression: pick(draw, EXPRESSIONS), flags: pick(draw, FROM_TOML) }
  if (kind < 6)
    return { document: iniDocument(draw), expression: pick(draw, EXPRESSIONS), flags: pick(draw, FROM_INI) }
  return {
    document: chance(draw, 1, 3) ? tableShaped(draw) : randomDocument(draw),
    expression: '.',
    flags: pick(draw, TO_EITHER),
  }
}

const EXPRESSIONS = [
  '.',
  '.',
  '.',
  '.',
  '.a',
  '.b = {"x": 1}',
  '.. |= .',
  '.c += [{"k": "v"}]',
  '.a.b = 3',
  'del(.a)',
] as const
const FROM_TOML = [
  ['-ptoml', '-otoml'],
  ['-ptoml', '-oyaml'],
  ['-ptoml', '-ojson'],
  ['-ptoml', '-oini'],
  ['-ptoml', '-oprops'],
] as const
const FROM_INI = [
  ['-pini', '-oini'],
  ['-pini', '-oyaml'],
  ['-pini', '-ojson'],
  ['-pini', '-oini', '--ini-preserve-quotes'],
] as const
const TO_EITHER = [['-otoml'], ['-oini'], ['-otoml', '-0'], ['-oini', '-P']] as const

const KEYS = [
  'a',
  'b',
  'c',
  'd-e',
  'f_1',
  '1',
  '"q r"',
  "'s.t'",
  '"é"',
  '"*"',
  'x.y',
  'a.b',
  'c . d',
  '"\\u00e9"',
  '""',
  'a.b.c',
  '"<<"',
] as const
const TABLES = ['a', 'b', 'c', 'a.b', 'b.c', 'c.d', 'a.b.c', 'x', 'x.y', '"q r"', ' a . d ', 'b."*"'] as const
const SCALARS = [
  '1',
  '-17',
  '+3',
  '1_000',
  '0xDEAD_beef',
  '0o755',
  '0b1101',
  '99999999999999999999',
  '0',
  '-0',
  '007',
  '3.14',
  '1e3',
  '6.02E+23',
  '-1.5e-7',
  '1_0.2_5',
  'inf',
  '-inf',
  '+nan',
  'nan',
  'true',
  'false',
  'tru',
  '"text"',
  "'lit\\eral'",
  '"tab\\tquote\\" \\\\ \\u0041 \\U0001F600"',
  '"bad \\q"',
  '"""\nmulti\nline"""',
  "'''\nraw\n'lit' '''",
  '"""a \\\n   b"""',
  '""',
  '"# no comment"',
  '"é ü"',
  '1979-05-27T07:32:00Z',
  '1979-05-27T00:32:00.999-07:00',
  '1979-05-27 07:32:00Z',
  '1979-05-27',
  '07:32:00',
  '1979-05-27T07:32:00',
  '2',
  '3',
  '"x"',
  '"y z"',
  'yes',
  '1.',
  '.5',
  '1__0',
  '"""two "" quotes"""',
  '"yes"',
  '"1"',
  '"null"',
] as const

function tomlDocument(draw: Draw): string {
  const lines = list(draw, 0, 4, () => tomlLine(draw))
  for (const _ of list(draw, 0, 4, () => 0)) {
    const name = pick(draw, TABLES)
    lines.push(chance(draw, 1, 3) ? `[[${name}]]` : `[${name}]${chance(draw, 1, 6) ? ' # header' : ''}`)
    lines.push(...list(draw, 0, 3, () => tomlLine(draw)))
  }
  const text = `${lines.join('\n')}${chance(draw, 1, 10) ? '' : '\n'}`
  return chance(draw, 1, 20) ? text.replaceAll('\n', '\r\n') : text
}

function tomlLine(draw: Draw): string {
  if (chance(draw, 1, 6)) return pick(draw, ['# comment', '#', '  # indented', '#tight', '# one\n# two'])
  if (chance(draw, 1, 12)) return ''
  if (chance(draw, 1, 60))
    return pick(draw, ['a', '= 1', '[x', 'a = ', 'a = 1 2', '[a]]', 'a = [1', 'a b = 1', '[]', 'é = 1'])
  return `${pick(draw, KEYS)} = ${tomlValue(draw, 2)}${chance(draw, 1, 6) ? ' # after' : ''}`
}

function tomlValue(draw: Draw, depth: number): string {
  if (depth === 0 || chance(draw, 3, 4)) return pick(draw, SCALARS)
  const values = (): string[] => list(draw, 0, 3, () => tomlValue(draw, depth - 1))
  switch (draw.below(4)) {
    case 0:
      return `[${values().join(', ')}${chance(draw, 1, 5) ? ',' : ''}]`
    case 1:
      return `[\n${values()
        .map(
          (value) =>
            `  ${chance(draw, 1, 3) ? '# above\n  ' : ''}${value},${chance(draw, 1, 4) ? ' # after' : ''}\n`,
        )
        .join('')}]`
    default:
      return `{ ${values()
        .map((value) => `${pick(draw, KEYS)} = ${value}`)
        .join(', ')} }`
  }
}

const INI_KEYS = ['a', 'b', 'key name', 'c.d', '"q"', '`tick`', '-', '"""x"""', 'é', '#no', ''] as const
const INI_VALUES = [
  '1',
  'text',
  'a b',
  '"quoted"',
  "'single'",
  '"a" "b"',
  '`ticks`',
  '"""three"""',
  '"""a\nb"""',
  '`a\nb`',
  'x # comment',
  'x ; comment',
  'cont\\\n  inued',
  'cont\\\n',
  '%(a)s',
  '%(b)s/%(a)s',
  '%(missing)s',
  '',
  '  spaced  ',
  'a=b',
  'a:b',
  '"open',
  "it's",
  '\\',
  '"""',
  'é ü',
  '"a;b"',
] as const
const SECTIONS = ['s', 's.t', 'other', 'DEFAULT', 'a b', 's', '', 'x]y', 'é'] as const

function iniDocument(draw: Draw): string {
  const lines = list(draw, 0, 8, () => {
    if (chance(draw, 1, 6)) return pick(draw, ['# comment', '; comment', '', '   ', '; a\n; b'])
    if (chance(draw, 1, 4)) return `[${pick(draw, SECTIONS)}]${chance(draw, 1, 5) ? ' ; c' : ''}`
    if (chance(draw, 1, 50)) return pick(draw, ['no delimiter', '[open', '= x', '"a = b', '`a'])
    return `${pick(draw, ['', '', '  ', '\t'])}${pick(draw, INI_KEYS)}${pick(draw, ['=', ' = ', ':', ' : '])}${pick(draw, INI_VALUES)}`
  })
  const text = `${chance(draw, 1, 20) ? '\ufeff' : ''}${lines.join('\n')}${chance(draw, 1, 10) ? '' : '\n'}`
  return chance(draw, 1, 15) ? text.replaceAll('\n', '\r\n') : text
}

const YAML_SCALARS = [
  '1',
  'text',
  '"quoted"',
  'null',
  '',
  'true',
  '1.5',
  '2020-01-01',
  '!x y',
  '"a\\nb"',
  '"a;b"',
  '" sp "',
  "'`'",
  '[]',
  '{}',
  '[1, a]',
  '[{a: 1}, {b: [2]}]',
  '[{a: 1}, 2]',
  '[{}]',
  '{x: 1}',
  '{x: {y: 1}}',
  '{x: null}',
  '[null]',
  '&n z',
  '!!str 5',
] as const

/** Maps of maps of scalars and lists: the data model of these formats. */
function tableShaped(draw: Draw): string {
  const entry = (indent: string): string =>
    `${chance(draw, 1, 6) ? `${indent}# above\n` : ''}${indent}${pick(draw, ['a', 'b', 'c', '"d e"', "'f=g'", 'h"', '`i'])}: `
  const scalar = (): string => `${pick(draw, YAML_SCALARS)}${chance(draw, 1, 6) ? ' # after' : ''}\n`
  return list(draw, 1, 4, () => {
    if (chance(draw, 1, 2)) return entry('') + scalar()
    const inner = list(draw, 1, 3, () =>
      chance(draw, 2, 3) ? entry('  ') + scalar() : `${entry('  ').trimEnd()}\n${entry('    ')}${scalar()}`,
    )
    return `${entry('').trimEnd()}\n${inner.join('')}`
  }).join('')
}
