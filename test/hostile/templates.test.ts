import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { makeTemporaryFolder, type TemporaryFolder } from '@overlay-render/system'

import { runCommand } from '../support/command.ts'

// Templates, edits and patch scripts are programs. Whatever they do, the command ends soon: by itself, at a limit that its message
// names, or on a signal.

let folder: TemporaryFolder

beforeEach(async () => {
  folder = await makeTemporaryFolder('templates')
  mkdirSync(join(folder.path, 'overlays/x'), { recursive: true })
  mkdirSync(join(folder.path, 'tmp'))
  writeFileSync(join(folder.path, 'overlays/x/kustomization.yaml'), 'resources: [a.yaml]\n')
})
afterEach(() => folder.dispose())

function layTemplate(text: string): void {
  const template = JSON.stringify({ text, to: 'a.yaml' })
  writeFileSync(
    join(folder.path, 'overlay-render.yaml'),
    `version: 1\nsettings: {x: {templates: [${template}]}}\n`,
  )
}

const doubled = (operation: string): string =>
  `{% set n = namespace(v="aaaaaaaa") %}{% for i in range(60) %}{% set n.v = ${operation} %}{% endfor %}{{ n.v }}`

const GROWING: readonly string[] = [
  '{{ "x" * 1000000000 }}',
  '{{ "x" * 4000000000 }}',
  'a: {{ "x" * 100000000 }}',
  '{{ [1] * 1000000000 }}',
  '{{ range(100000)|list * 100000 }}',
  doubled('n.v ~ n.v'),
  doubled('n.v + n.v'),
  doubled('n.v.replace("a", "aaaa")'),
  doubled('n.v|replace("a", "aaaa")'),
  doubled('n.v|list|join(n.v)'),
  doubled('[n.v, n.v]'),
  doubled('n.v|center(n.v|length * 4)'),
  '{% macro f(x) %}{{ f(x ~ x) }}{% endmacro %}{{ f("aaaaaaaa") }}',
  '{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}',
]

test.each(GROWING)('%j is an error of one sentence within 10 seconds and 1 GB', async (text) => {
  layTemplate(text)
  let peak = 0
  let timer: NodeJS.Timeout | undefined
  const started = performance.now()
  const { status, stderr } = await runCommand(['render', 'x', '--secrets', 'stub'], {
    cwd: folder.path,
    env: { TMPDIR: join(folder.path, 'tmp') },
    onStart: (pid) => {
      timer = setInterval(() => (peak = Math.max(peak, residentBytes(pid))), 20)
    },
  })
  clearInterval(timer)
  expect(performance.now() - started).toBeLessThan(10_000)
  expect(peak).toBeLessThan(1e9)
  const errors = stderr.split('\n').filter((line) => line.startsWith('error: '))
  expect(errors).toHaveLength(1)
  expect(errors[0]).toMatch(
    /needed more than 512 MiB of memory and was stopped|took longer than 5 seconds and was stopped|cannot be rendered: |makes more than \d+ characters/,
  )
  expect(status).toBe(2)
})

const ENDLESS: readonly { readonly what: string; readonly lay: () => void }[] = [
  { what: 'a template', lay: () => layTemplate('{{ [1] * 1000000000 }}') },
  {
    what: 'an edit',
    lay: () => {
      writeFileSync(join(folder.path, 'overlays/x/a.yaml'), 'a: 1\n')
      const edit = JSON.stringify({ file: 'a.yaml', expression: busyExpression() })
      writeFileSync(
        join(folder.path, 'overlay-render.yaml'),
        `version: 1\nsettings: {x: {edits: [${edit}]}}\n`,
      )
    },
  },
  {
    what: 'a patch script',
    lay: () => {
      mkdirSync(join(folder.path, 'overlays/x/yq_scripts'), { recursive: true })
      writeFileSync(join(folder.path, 'config.yaml'), 'a: 1\n')
      writeFileSync(join(folder.path, 'overlays/x/yq_scripts/config.yaml'), busyExpression())
      writeFileSync(
        join(folder.path, 'overlay-render.yaml'),
        'version: 1\nconfigs: {base: ., files: [config.yaml]}\n',
      )
    },
  },
]

/** An expression that keeps yq busy for seconds: all combinations of three items from a list of 400. */
function busyExpression(): string {
  const list = Array.from({ length: 400 }, (_, index) => index).join(',')
  return `.a = ([${list}] as $l | [$l[] as $a | $l[] as $b | $l[] as $c | ($a + $b + $c)] | length)`
}

test.each(ENDLESS)('SIGINT and SIGTERM end $what within a second', async ({ lay }) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    lay()
    let sent = 0
    let timer: NodeJS.Timeout | undefined
    const result = await runCommand(['render', 'x', '--secrets', 'stub'], {
      cwd: folder.path,
      env: { TMPDIR: join(folder.path, 'tmp') },
      onStart: (pid) => {
        timer = setTimeout(() => {
          sent = performance.now()
          process.kill(pid, signal)
        }, 1500)
      },
    })
    clearTimeout(timer)
    // A program that reaches its own limit before the signal has also ended.
    const isBounded = result.status === 2 && /more than/u.test(result.stderr)
    expect(isBounded ? 0 : performance.now() - sent).toBeLessThan(1000)
    expect(isBounded ? signal : (result.signal ?? result.status)).toSatisfy((how: unknown) =>
      [signal, { SIGINT: 130, SIGTERM: 143 }[signal]].some((expected) => expected === how),
    )
    expect(readdirSync(join(folder.path, 'tmp'))).toEqual([])
  }
})

function residentBytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

test.each(['{{ [1] * 1000000000 }}', '{{ "x" * 4000000000 }}', doubled('n.v ~ n.v')])(
  'other overlays are rendered although the template of one is %j',
  async (text) => {
    const settings = ['v', 'w', 'x', 'z'].map((name) => {
      mkdirSync(join(folder.path, 'overlays', name), { recursive: true })
      writeFileSync(join(folder.path, 'overlays', name, 'kustomization.yaml'), 'resources: [a.yaml]\n')
      const object = `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}}`
      const template = JSON.stringify({ text: name === 'x' ? text : object, to: 'a.yaml' })
      return `  ${name}: {templates: [${template}]}\n`
    })
    writeFileSync(join(folder.path, 'overlay-render.yaml'), `version: 1\nsettings:\n${settings.join('')}`)
    const { status, stderr } = await runCommand(['render', '--all', '--secrets', 'stub', '--jobs', '4'], {
      cwd: folder.path,
      env: { TMPDIR: join(folder.path, 'tmp') },
    })
    expect(status).toBe(2)
    expect(stderr).toContain('3 of 4 overlays were rendered; these were not: x')
    for (const name of ['v', 'w', 'z'])
      expect(readFileSync(join(folder.path, 'rendered', name, 'manifests.yaml'), 'utf8')).toContain(
        `name: ${name}`,
      )
  },
)
