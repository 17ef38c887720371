import type { Case } from './case.ts'

/** Properties with wildcard keys: yq sets the keys that match, or renames them when a comment precedes the wildcard. */
const PROPERTIES: readonly string[] = [
  'alone\n*.[0] : # no\n',
  'b.[0].* true\n* = \\\n',
  '1.c = a b  \n*.k-1.[0] = a=b\n',
  'x\\ y.a = \\u00e9\n* = "q"\n',
  'c.0.c:\n*.b = a=b\n',
  'b=true\n*.*.a : x\n',
  '0.* = # no\n* = ${a}\n',
  'a = 1\nab = 2\n# c\na* = 3\nab = 4\n',
  'a = 1\nb = 2\n# c\n* = 3\na = 4\n',
  'a = 1\nab.c = 2\na?.c = 3\n',
  'a.b = 1\n# c\n*.b = 2\n*.c = 3\n',
  '? = 1\n',
  'a.0 = 1\na.* = 2\n',
  'a = 1\n# c\n* = 2\n# d\n* = 3\n',
]

/** Minimized random cases that once gave a different result. */
export function cases(): Case[] {
  const broken = '.x = ("//8=" | @base64d)'
  return [
    ...['', ' | .x tag="!!str"', ' | .x style="double"', ' | .x tag="!!binary"', ' | .x tag="!t"', ' | .x + "z"', ' | .x'].map((more) => ({ document: 'a: 1\n', expression: broken + more })),
    { document: 'a: 1\n', expression: '{("//8=" | @base64d): 1}' },
    { document: '"q":\n', expression: '.name.deck.k0 = ["true",1e3] = 0', flags: ['-P'] },
    { document: 'plank: [[1,true], 1, "a\\tb"]\n', expression: '.s.* = .["a"].a.b[] = "1"', flags: ['-P'] },
    { document: '', expression: '{"b": 1e3,"*": "x,y"}' },
    { document: '', expression: '{"1": "cat","*": 10}' },
    { document: '', expression: '{"ab": 1, "b": 3, "a*": 2}' },
    { document: '', expression: '{"a": {"x": 1}, "?": {"y": 2}}' },
    { document: '', expression: 'with(.[1].c;. = {"c": 3.5,"*": -1})' },
    { document: '---\n', expression: 'to_yaml(4)', flags: ['-N'] },
    { document: '"q": \'a \'\n', expression: '... |to_yaml(4)', flags: ['-r=false'] },
    { document: '      name: &x1\n      - {}\n', expression: 'to_yaml', flags: ['-c'] },
    { document: '  true: {}\n', expression: '.[0].true = .[3].name.q[] = .name', flags: ['-P'] },
    { document: '"*": {k0: {b0: .5, a1: {}}, k1: 5m, k2: \'x\'}\n', expression: '(.[-1] = .),((.. |select(tag == "!!bool"))= tag)' },
    { document: 'a: 1\n', expression: '.b = . | (.. | tag)' },
    { document: '    true: {k0: [], b1: ["a\\nb", https://prow.ci/], b2: "a\\tb"} # d\n', expression: 'sort_keys(to_props)' },
    { document: 'true: {k: "a"}\n', expression: '(to_props | length) as $x | .' },
    { document: 'null\n', expression: '.n[0] = 1' },
    { document: '', expression: '.l[0][1]' },
    { document: '', expression: '.[0], .[1]' },
    ...PROPERTIES.map((document) => ({ document, flags: ['-pp'] })),
    { document: 'c.x : 1\nd.0 = 2\n', expression: '.[] | to_unix', flags: ['-pp'] },
    { document: 'a,b\n[1],{x: 1}\n', expression: '.. | key | is_key', flags: ['-pc'] },
    { document: '"l",[1]\n1,[[2]]\n', expression: '.. | key | path', flags: ['-pc'] },
    { document: '123456789012345678: [a]\n', expression: '.. |= to_unix', flags: ['-oj'] },
  ]
}
