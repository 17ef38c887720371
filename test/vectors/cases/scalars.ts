import { type Case, withLayouts } from './case.ts'

/** Scalars as written in a file, covering every type, quoting style and edge case of the syntax. */
const SCALARS: readonly string[] = [
  '', '~', 'null', 'Null', 'NULL', 'nUll', 'true', 'True', 'TRUE', 'tRue', 'false', 'yes', 'No', 'on', 'OFF', 'y', 'n',
  '0', '1', '-1', '+1', '007', '08', '09', '0o17', '0O17', '0x1F', '0X1f', '0b11', '0b2', '1_000', '1__0', '_1', '1_', '0x_1F', '-0', '-0x1',
  '18446744073709551615', '18446744073709551616', '9223372036854775808', '-9223372036854775809', '123456789012345678901234567890',
  '.5', '5.', '1.5', '1.e3', '1e3', '1E+3', '1e-3', '+.5', '-.5', '._5', '1e400', '1.5.1', '.inf', '.Inf', '-.INF', '+.inf', '.nan', '.NaN', '.NAN', 'NaN', 'inf', 'Infinity',
  '12:30:45', '1,000', '1 000', '0.0', '00', '1e', 'e3', '0x', '0xG',
  '2001-01-01', '2001-1-1', '2001-13-01', '2001-02-30', '2001-12-14t21:59:43.10-05:00', '2001-12-14T21:59:43Z', '2001-12-14 21:59:43.10', '2001-12-14 21:59:43.10 -5', '2001-12-14T21:59:43', '01-01-2001',
  '<<', '=', '!', '!!str', '!!str 1', '!!int 1', '!!int "1"', '!!int x', '!!float 1', '!!float 3.5', '!!bool x', '!!bool true', '!!null x', '!!null', '!!binary aGVsbG8=', '!!timestamp 2001-01-01', '!!timestamp x',
  '!custom x', '!custom', '!<tag:yaml.org,2002:str> x', '!<!foo> x', '!<tag:example.com,2000:a> x', '!!merge <<', '!!set x', '!e%21x y', '!!str', '!!str null', '!!str true', '!!str "x"', "!!str 'x'", '!!map {}', '!!seq []', '!!str ~',
  'a', 'a b', 'a: b'.replace(': ', ':'), 'a#b', 'a #b'.trim(), '-a', '--a', '---a', '- a'.replace(' ', ''), '?a', ':a', '::', 'a:', 'a]', 'a}', 'a,b', 'a[b', 'a{b', 'a&b', 'a*b', 'a!b', 'a|b', 'a>b', 'a%b', 'a@b', 'a`b', '/a', '\\a', 'a\\b', '$a', '^a', '(a)', '~a', 'a?', 'a!', ';a', '.a', '..', '...a', '---', '- -', '<a', '+a', '=a', '"', "'", 'a"b', "a'b", 'a\tb', 'a  b',
  '{{ .Spec.Type }}', '"{{ .Spec.Type }}"', "'{{ .Spec.Type }}'", 'x{{if eq .Spec.Type "presubmit"}}y{{end}}', '$(ref)', '${VAR}', 'https://prow.ci/view/gs/', 'gcr.io/k8s-prow/sidecar:v20210423-a5cb5e7945', 'k8s.gcr.io/a@sha256:0123', 'a/b:c', '*.yaml'.slice(1), '"*.yaml"', '"**/*.yaml"', '^(foo|bar)$', "'^(foo|bar)$'", '10Gi', '100m', '5m', '24h', '@every 1h', '"@every 1h"', '0 1 * * *', '"*/5 * * * *"',
  '""', '"a"', '"1"', '"true"', '"null"', '"~"', '" a"', '"a "', '"a: b"', '"a #b"', '"a\\nb"', '"a\\n"', '"\\n"', '"\\n\\n"', '"\\ta"', '"a\\t"', '"\\\\"', '"\\""', '"\\u00e9"', '"\\xe9"', '"\\u2028"', '"\\N\\L\\P\\_"', '"\\0\\a\\b\\e\\f\\v\\r"', '"\\U0001F600"', '"\\uFEFF"', '"\\x7f"', '"\\x80"', '"\\/"', '"\\ud83d\\ude00"', '"\\q"', '"\\x1"', '"a\\\n  b"', '"a\n  b"', '"a\n\n  b"', '"a  \n  b"', '"  "', '"\t"', '"#a"', '"-"', '"- a"', '"?"', '"? a"', '":"', '"[a]"', '"{a}"', '"&a"', '"*a"', '"!a"', '"|a"', '">a"', '"%a"', '"@a"', '"`a"', '"---"', '"--- a"', '"..."', '"... a"', '"a:"', '"<<"', '"="', '"2001-01-01"', '"1.0"', '"0x1F"', '"08"', '"a\\u0000b"',
  "''", "'a'", "'1'", "'true'", "' a'", "'a '", "'a: b'", "'a #b'", "'it''s'", "''''", "'a\n  b'", "'a\n\n  b'", "'a\n\n\n  b'", "'\\n'", "'\"'", "'a\"b''c'", "'#a'", "'-'", "'~'", "'<<'", "'a\t'", "'  '",
  'é', 'ü ñ', '日本語', '😀', 'a😀b', '"😀"', "'😀'", '\u00a0a', 'a\u00a0', 'a\u2028b', 'a\u0085b', '\u200ba', 'a\ufeffb', '\u007fa', 'a\u0080b', 'e\u0301', '\ue000', '\ufffd',
  '&x a', '&x', '&x "a"', '&x !!str a', '!!str &x a', '&x !custom a', '&x-y_z1 a', '&é a', '&x: a', '*x', '&x []', '&x {}',
  'x'.repeat(200), `"${'y'.repeat(150)} z"`, `${'word '.repeat(60)}end`,
  'plain\n  continued', 'plain\n\n  continued', 'plain\n    more\n  less', '"double\n\n\n  lines"', 'a  # c', 'a # c', '"a" # c', "'a' # c", '"a"#c', '# c', '~ # c', '[a] # c', '{a: 1} # c', '&x a # c', '!t a # c', '1 # c',
  '[]', '{}', '[ ]', '{ }', '[a]', '[a, b]', '[a,b]', '{a: b}', '{a: b, c: d}', '{a}', '{a: }', '{a:b}', '{"a":b}', '[a: b]', '[[]]', '[{}]', '{a: []}', '[a, ]', '{a: b, }', '[a,,b]', '[,]', '[a', '{a', '@a', '`a', '%a', '|', '>', '- a', 'a: b: c', ': a', '? a',
]

/** Document templates. `$` marks where the scalar goes. */
const PLACES: readonly string[] = ['$\n', 'a: $\nb: 1\n', '- $\n- z\n', 'k:\n  - $\n  - m: $\n', '{a: $}\n', '[$, z]\n', '$: v\n', '? $\n: v\n']

export function cases(): Case[] {
  const documents = SCALARS.flatMap((scalar, row) =>
    // Every scalar is tested in the first three templates, and in a third of the others to avoid repetition.
    PLACES.filter((_, column) => column < 3 || (row + column) % 3 === 0).map((place) => place.replaceAll('$', () => scalar)),
  )
  return withLayouts(documents)
}
