import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execPath } from 'node:process'

import { makeTemporaryFolder, runProcess } from '@overlay-render/system'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { root } from '../support/oracles.ts'

// Random programs in every language that a workspace can contain, built from parts that produce large results from small inputs. Each
// run stays within memory and time limits and does not crash. `RANDOM_GROWTH_SEED=1 RANDOM_GROWTH_RUNS=100` tries other programs.

const MEBIBYTE = 1024
/** Prints the peak memory of the process in KiB and its CPU time in microseconds. */
const TAKEN = `data:text/javascript,process.on('exit',()=>{const{maxRSS:m,userCPUTime:u,systemCPUTime:s}=process.resourceUsage();process.stderr.write('taken '+m+' '+(u+s))})`

const some = (parts: readonly string[], most: number, between: string): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...parts), { minLength: 2, maxLength: most }).map((list) => list.join(between))

const yq = some(
  // prettier-ignore
  ['. + .', '. * .', '[., .]', '{"a": ., "b": .}', '.a += .a', '.a = .', '.b |= root', '.. |= .', '[..]', '.a |= to_json',
    '.a |= sub("x"; "xxxxxxxx")', '.a |= (. + "\\(.)")', '. as $x | [$x, $x]', '.a * 9999', 'flatten', '. as $i ireduce ([]; . + $i)',
    'with_entries(.value = .)', '.a |= @base64', 'explode(.)', '[.[], .[]]', '. *+ .', '[.. | path]', '.a |= split("")',
    '[match("x"; "g")]', '[.[] == .[]]', 'map([., .])', '.a[9999999] = 1', 'group_by(.)', 'unique', 'keys', 'reverse'],
  60,
  ' | ',
)
const jsonPatch = some(
  // prettier-ignore
  ['{"op": "copy", "from": "/a", "path": "/a/b"}', '{"op": "copy", "from": "", "path": "/c"}', '{"op": "copy", "from": "/a", "path": "/a/-"}',
    '{"op": "add", "path": "/a/9999999", "value": 1}', '{"op": "replace", "path": "", "value": {"a": [1]}}', '{"op": "copy", "from": "/c", "path": "/a"}'],
  80,
  ', ',
).map((list) => `[${list}]`)
const yq3 = some(
  // prettier-ignore
  ['{command: update, path: "**", value: {a: 1}}', '{command: update, path: "a.*.*", value: [1]}', '{command: update, path: "a.**.b", value: {c: {d: e}}}',
    '{command: update, path: "a[99999999]", value: 1}', '{command: update, path: "a[+]", value: [x]}', '{command: delete, path: "**"}'],
  50,
  ', ',
).map((list) => `[${list}]`)
const template = some(
  // prettier-ignore
  ['n.v ~ n.v', 'n.v * 9', '[n.v, n.v]', 'n.v|replace("a", "aaaa")', 'n.v|list', 'n.v|join(n.v)', 'n.v|center(99999999)',
    'n.v|indent(9999999)', 'n.v|urlencode', 'n.v|tojson', '"%s%s"|format(n.v, n.v)', 'n.v|string', 'range(99999)|list'],
  4,
  ' %}{% set n.v = ',
).map(
  (parts) =>
    `{% set n = namespace(v="aaaa") %}{% for i in range(60) %}{% set n.v = ${parts} %}{% endfor %}{{ n.v }}`,
)
const pattern = some(
  [
    '{a,b}',
    '{1..100000000}',
    '**/',
    '*',
    '?',
    '!(a)',
    '+(a|b)',
    '@(a|*(b|c))',
    '{a,{b,{c,d}}}',
    '../',
    '/',
    '(a|b)*',
  ],
  40,
  '',
)
const jsonPath = some(
  ['..*', '[*]', '.a', '..a', '[?(@.a)]', '.*', '["a","b"]', '[0:999999999]', '..[?(@.a)]'],
  14,
  '',
).map((path) => `$${path}`)

type Files = Readonly<Record<string, unknown>>
const RENDER = ['render', 'x', '--secrets', 'stub', '--no-cache']
const configs = (dialect?: string): object => ({
  configs: { base: 'base', files: ['config.yaml'], ...(dialect === undefined ? {} : { dialect }) },
})
const script = (text: string, dialect?: string): Files => ({ ...configs(dialect), SCRIPT: text })

/** For each language: the programs, the files that contain one, and the command that runs it. */
const LANGUAGES: Readonly<
  Record<string, readonly [fc.Arbitrary<string>, (text: string) => Files, readonly string[]]>
> = {
  'yq 4': [yq, (text) => script(text), RENDER],
  edit: [yq, (expression) => ({ settings: { x: { edits: [{ file: 'a.yaml', expression }] } } }), RENDER],
  assertion: [
    yq,
    (expression) => ({ assert: [{ name: 'a', over: 'manifests', expression, message: 'm' }] }),
    ['check', '--no-cache'],
  ],
  'JSON Patch': [jsonPatch, (text) => script(text, 'json-patch'), RENDER],
  'yq 3': [yq3, (text) => script(text, 'yq-v3'), RENDER],
  template: [template, (text) => ({ settings: { x: { templates: [{ text, to: 't.yaml' }] } } }), RENDER],
  pattern: [pattern, (text) => ({ overlays: [text] }), RENDER],
  JSONPath: [
    jsonPath,
    (path) => ({ golden: { ignore: [{ path }], redact: [{ path }] } }),
    ['diff', 'file:deep-1.yaml', 'file:deep-2.yaml'],
  ],
}

const deep = (leaf: number): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: ${'{a: '.repeat(60)}[1, {a: ${leaf}}]${'}'.repeat(60)}\n`

const SEARCH = {
  seed: Number(process.env['RANDOM_GROWTH_SEED'] ?? 7),
  numRuns: Number(process.env['RANDOM_GROWTH_RUNS'] ?? 2),
}

test.each(Object.entries(LANGUAGES))(
  'random programs: %s',
  { timeout: 3_600_000 },
  async (_name, [programs, lay, command]) => {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const folder = await makeTemporaryFolder('growth')
        try {
          const { SCRIPT: patch, ...config } = lay(program)
          const files: Record<string, string> = {
            'overlay-render.yaml': JSON.stringify({ version: 1, ...config }),
            'base/config.yaml': 'a: [x, x]\n',
            'overlays/x/kustomization.yaml': 'resources: [a.yaml]\n',
            'overlays/x/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: x}\n',
            'deep-1.yaml': deep(1),
            'deep-2.yaml': deep(2),
            ...(typeof patch === 'string' ? { 'overlays/x/yq_scripts/config.yaml': patch } : {}),
          }
          for (const [name, text] of Object.entries(files)) {
            mkdirSync(dirname(join(folder.path, name)), { recursive: true })
            writeFileSync(join(folder.path, name), text)
          }
          const bin = join(root, 'packages/cli/bin/overlay-render.js')
          const result = await runProcess(execPath, ['--import', TAKEN, bin, ...command], {
            cwd: folder.path,
            env: { PATH: process.env['PATH'] ?? '', HOME: folder.path, TMPDIR: folder.path },
            timeout: 100_000,
          })
          const [, size, time] = /taken (\d+) (\d+)$/u.exec(result.stderr) ?? []
          expect(Number(size)).toBeLessThan(1000 * MEBIBYTE)
          expect(Number(time)).toBeLessThan(10_000_000)
          expect([0, 1, 2]).toContain(result.exitCode)
          expect(result.stderr).not.toMatch(/overlay-render failed|^\s+at /mu)
        } finally {
          await folder.dispose()
        }
      }),
      SEARCH,
    )
  },
)
