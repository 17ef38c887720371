import { type Case, withLayouts } from './case.ts'

const HEADERS: readonly string[] = ['|', '>', '|-', '>-', '|+', '>+', '|2', '>2-', '|1', '| # c', '>- # c', '&x |', '!!str |', '!t >-', '|0', '|x', '|-2', '|+1']

/** Block scalar bodies before indentation. Empty lines are not indented. */
const BODIES: readonly string[] = [
  'one', 'one\ntwo', 'one\n\ntwo', 'one\n\n\ntwo', 'one\n', 'one\n\n', 'one\n\n\n', '', '\n', '\n\n', '\none', '\n\none', 'one\n  more\ntwo', '  more\none', 'one\n\n  more\n\ntwo', 'one \ntwo', 'one\ntwo ', 'one\t\ntwo', '\tone',
  '# not a comment\none', 'a: b\n- c', '{{- if .A }}\nx\n{{- end }}', 'https://prow.ci/\n{{if eq .Spec.Type "presubmit"}}pr-logs/\npull{{else}}logs{{end}}', 'é\n日本', '😀\nx', 'x\u2028y', '"quoted"', "it's", 'one\n \ntwo', 'one\n   \ntwo', ' one\ntwo', 'one\ntwo\n  three\n  four\nfive', 'a\\b', '---\nx', '...', `${'long '.repeat(40)}end`,
]

const PLACES: readonly { readonly before: string; readonly indent: string; readonly after: string }[] = [
  { before: '', indent: '  ', after: '' },
  { before: 'a: ', indent: '  ', after: 'b: 1\n' },
  { before: '- ', indent: '  ', after: '- z\n' },
  { before: 'k:\n  - m: ', indent: '      ', after: '    n: 1\n  # head\n  - z\n' },
  { before: 'k:\n    a: ', indent: '        ', after: '# end\n' },
]

export function cases(): Case[] {
  const documents: string[] = []
  for (const [h, header] of HEADERS.entries()) {
    for (const [b, body] of BODIES.entries()) {
      for (const [p, { before, indent, after }] of PLACES.entries()) {
        if ((h * 5 + b * 3 + p) % (h < 6 ? 4 : 9) !== 0) continue
        const lines = body === '' ? [] : body.split('\n').map((line) => (line === '' ? '' : indent + line))
        documents.push(`${[before + header, ...lines].join('\n')}\n${after}`)
      }
    }
  }
  return withLayouts(documents)
}
