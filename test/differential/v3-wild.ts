import { randomDocument } from './documents.ts'
import { chance, type Draw, list, pick } from './draw.ts'

/** A document and an unrelated yq 3 script. */
export interface WildCase {
  readonly document: string
  readonly script: string
}

const KEYS = ['a', 'b', 'c', 'name', 'v', 'x0', 'x1', 'l', 'p'] as const
const SCALARS = [
  '1',
  'x',
  'cat',
  'catfish',
  'null',
  '~',
  '"q"',
  "'s'",
  'true',
  '',
  '2.5',
  '!!str 3',
  '!t z',
] as const

/** Path elements: keys, patterns, filters, positive and negative indexes, misplaced brackets and dots. */
const ELEMENTS = [
  ...KEYS,
  '*',
  '**',
  'a*',
  'x*',
  '[0]',
  '[1]',
  '[-1]',
  '[-3]',
  '[7]',
  '[+]',
  '[*]',
  '[**]',
  '+',
  '0',
  '"a.b"',
  '(a==1)',
  '(name==cat*)',
  '(.==cat*)',
  '(b.c==x)',
  '(**==cat)',
  '(a[0]==*)',
  '(a[-2]==x)',
  '(<<==x)',
  '(name==*)',
  '(p==1)',
  '(a.(b==1).c==x)',
  '(==)',
  '(x)',
  '<<',
  '[a]',
  '["a"]',
  '[00]',
  '[-0]',
  '[ 1]',
  '""',
] as const

const VALUES = [
  'x',
  '1',
  'null',
  '',
  '{}',
  '[]',
  '{x: 1}',
  '[1, 2]',
  '[0, 1, 2]',
  '[0, 1, 2, 3, 4]',
  '{x: 1, y: 2, z: 3}',
  '[{n: 0}, {n: 1}, {n: 2}]',
  '&n9 7',
  '&v [x, {a: 1}]',
  '*first',
  'x # c',
  '!!str 3',
  '!t {a: [b]}',
  '"q"',
  '\n    # great\n    things: frog # wow\n    x: [1]',
  '|\n    lit\n    eral',
  '>-\n    one\n    two',
  '\n    - a\n    # head\n    - b: c',
  '{<<: {a: 1}, b: 2}',
  '[[], {}]',
  '{? [a] : b}',
  '{a: 1, a: 2}',
] as const

/** Unusual ways to write a command. */
const SHAPES = [
  '  path: !!str a\n  value: 1\n',
  '  path: !!binary YQ==\n  value: 1\n',
  '  path: ~\n  value: {a: 1}\n',
  '  path: !!int 1\n  value: x\n',
  '  path: !!int a\n  value: x\n',
  '  path: 1.50\n  value: x\n',
  '  path: 2001-01-01\n  value: x\n',
  '  path: a\n  ? [x]\n  : 1\n',
  '  path: a\n  path: b\n',
  '  path: a\n  value: 1\n  <<: *first\n',
  '  <<: *first\n  path: c\n',
  '  <<: [*first, {path: b, value: 2}]\n',
  '  valeu: 3\n  path: b\n',
  '  path: a\n  1: x\n  ~: y\n  value: 1\n',
] as const

const OPENINGS = [
  '',
  '---\n',
  '--- # c\n',
  '\ufeff',
  '# c\n\n',
  '%YAML 1.1\n---\n',
  '--- !!seq\n',
  '--- &all\n',
] as const

export function wildCase(draw: Draw): WildCase {
  const count = 1 + draw.below(4)
  const commands = Array.from({ length: count }, (_, index) => command(draw, index === 0))
  const ending = chance(draw, 1, 12) ? pick(draw, ['...\n', '---\n- x: [\n', '- ~\n', '# end\n']) : ''
  const script = `${chance(draw, 1, 6) ? pick(draw, OPENINGS) : ''}${commands.join('')}${ending}`
  const document = lineEnds(draw, chance(draw, 1, 3) ? randomDocument(draw) : linkedDocument(draw))
  return { document, script: lineEnds(draw, script) }
}

function lineEnds(draw: Draw, text: string): string {
  if (!chance(draw, 1, 16)) return text
  return text.replaceAll('\n', pick(draw, ['\r\n', '\r']))
}

function command(draw: Draw, isFirst: boolean): string {
  const opening = isFirst ? '- &first\n  ' : '- '
  const name = pick(draw, ['update', 'update', 'update', 'merge', 'delete'])
  if (!isFirst && chance(draw, 1, 12)) return `${opening}command: ${name}\n${pick(draw, SHAPES)}`
  const path = `  path: '${randomPath(draw).replaceAll("'", "''")}'\n`
  if (name === 'delete' || chance(draw, 1, 12)) return `${opening}command: ${name}\n${path}`
  return `${opening}command: ${name}\n${path}  value: ${pick(draw, VALUES)}\n`
}

function randomPath(draw: Draw): string {
  const elements: string[] = list(draw, 1, 4, () => pick(draw, ELEMENTS))
  const path = elements.reduce((text, element) => `${text}${chance(draw, 9, 10) ? '.' : ''}${element}`)
  return chance(draw, 1, 40) ? `.${path}` : path
}

/** A document of anchored maps and lists, each with aliases to the anchors before it. */
function linkedDocument(draw: Draw): string {
  const count = 1 + draw.below(4)
  const lines = Array.from({ length: count }, (_, index) => `x${index}: &n${index} ${flow(draw, index, 0)}\n`)
  const items = chance(draw, 1, 3)
    ? `l:\n${list(draw, 1, 3, () => `- ${flow(draw, count, 0)}\n`).join('')}`
    : ''
  const more = chance(draw, 1, 8) ? `---\n${pick(draw, ['b: {c: [9]}', 'x', '', '[1, 2]', 'a: {'])}\n` : ''
  const block = chance(draw, 1, 3)
    ? `a:\n  b: ${pick(draw, SCALARS)}\n  # foot\n\n  c: # line\n    - name: cat\n`
    : ''
  return lines.join('') + items + block + more
}

function flow(draw: Draw, anchors: number, depth: number): string {
  const kind = depth > 2 ? 0 : draw.below(5)
  if (kind <= 1) return pick(draw, SCALARS)
  if (kind === 2 && anchors > 0) return `*n${draw.below(anchors)}`
  if (kind === 3) return `[${list(draw, 0, 4, () => flow(draw, anchors, depth + 1)).join(', ')}]`
  const merge = anchors > 0 && chance(draw, 1, 4) ? [`<<: ${mergeValue(draw, anchors)}`] : []
  const entries = list(draw, 0, 3, () => `${pick(draw, KEYS)}: ${flow(draw, anchors, depth + 1)}`)
  return `{${[...merge, ...entries].join(', ')}}`
}

function mergeValue(draw: Draw, anchors: number): string {
  const alias = (): string => `*n${draw.below(anchors)}`
  return chance(draw, 2, 3) ? alias() : `[${alias()}, ${alias()}]`
}
