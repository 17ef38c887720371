import { type Case, withLayouts } from './case.ts'

/**
 * Document templates. `@` marks a slot for whole lines, indented like the `@`; `^` marks a slot at the end of
 * a line.
 */
const SKELETONS: readonly string[] = [
  '@\na: 1^\n@\nb: 2^\n@\n',
  '@\na:^\n  @\n  b: 1^\n  @\n@\nc: 2^\n@\n',
  'a:^\n@\n- x^\n@\n- y^\n@\nb: 1^\n',
  'a:^\n  @\n  - x^\n  @\n  - y^\n  @\n@\nb: 1^\n',
  '@\n- a: 1^\n  @\n  b: 2^\n@\n-^\n  @\n  c: 3^\n  @\n',
  '- a:^\n    @\n    - b^\n    @\n  @\n  c: d^\n@\n- e^\n',
  'a: [x,^\n  @\n  y^\n  @\n]^\n@\nb: {c: 1,^\n  @\n  d: 2^\n}^\n',
  'a: |^\n  text\n@\nb: >-^\n  text\n  @\n@\nc: 1^\n',
  'a: &x^\n  @\n  b: 1^\n@\nc: *x^\n@\nd:^\n  <<: *x^\n  @\n  e: 1^\n',
  '? a^\n@\n: b^\n@\n? - c^\n@\n: - d^\n@\n',
  '@\n---\n@\na: 1^\n@\n---^\n@\nb: 1^\n@\n',
  '@\n"a": "x"^\n@\n\'b\': \'y\'^\n@\nc: !!str 1^\n@\n',
  'a:^\n  b:^\n    c: 1^\n    @\n  @\n@\nd: 1^\n',
  '@\nplain^\n@\n',
  '@\n- 1^\n@\n- - 2^\n  @\n  - 3^\n  @\n- 4^\n@\n',
  'presets:^\n- labels:^\n    preset-a: "true"^\n  @\n  env:^\n  @\n  - name: A^\n    value: b^\n  @\n@\n- labels: {}^\n@\n',
  'a:^\n@\nb:^\n  @\nc: []^\n@\nd: {}^\n@\n',
]

const LINES: readonly (readonly string[])[] = [['# c'], ['', '# c'], ['# c', ''], ['', '# c', ''], ['# c', '# d'], ['# c', '', '# d'], ['#c'], [''], ['', ''], ['# c', '', '', '# d', ''], ['#'], ['# c  ']]
const ENDS: readonly string[] = [' # l', '  # l', ' #l', '\t# l', ' # é', '  ']

/**
 * Fills each slot with the text that `choose` returns. `own` is true for a slot of whole lines; undefined
 * leaves a slot empty.
 */
function fill(skeleton: string, choose: (slot: number, own: boolean) => string | readonly string[] | undefined): string {
  let slot = 0
  const lines = skeleton.split('\n').flatMap((line) => {
    if (line.trim() === '@') {
      const chosen = choose(slot++, true)
      if (chosen === undefined || typeof chosen === 'string') return []
      const indent = line.slice(0, line.indexOf('@'))
      return chosen.map((text) => (text === '' ? '' : indent + text))
    }
    if (!line.endsWith('^')) return [line]
    const chosen = choose(slot++, false)
    return [line.slice(0, -1) + (typeof chosen === 'string' ? chosen : '')]
  })
  return lines.join('\n')
}

export function cases(): Case[] {
  const documents: string[] = []
  for (const [s, skeleton] of SKELETONS.entries()) {
    const slots = [...skeleton].filter((character) => character === '@' || character === '^').length
    for (let slot = 0; slot < slots; slot += 1) {
      for (const [c, lines] of LINES.entries()) {
        if (c > 4 && (s + slot + c) % 3 !== 0) continue
        const document = fill(skeleton, (at, own) => (at !== slot ? undefined : own ? lines : (ENDS[c] ?? undefined)))
        if (!documents.includes(document)) documents.push(document)
      }
    }
    // Fill all slots, then two of every three.
    for (let turn = 0; turn < 6; turn += 1) {
      documents.push(fill(skeleton, (at, own) => (own ? LINES[(at * 7 + turn) % 5] : ENDS[(at + turn) % 3])))
      documents.push(fill(skeleton, (at, own) => ((at + turn) % 3 === 0 ? undefined : own ? LINES[(at + turn * 5) % LINES.length] : ENDS[at % 2])))
    }
  }
  return withLayouts(documents)
}
