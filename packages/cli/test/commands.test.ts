import { execa } from 'execa'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { build } from '../../../scripts/build.js'
import { COMMANDS, GROUPS } from '../src/command-table/index.ts'
import { complete } from '../src/completion/complete.ts'
import { makeProgram } from '../src/program.ts'
import { wantsColour } from '../src/terminal.ts'

const words = (line: string): string[] => line.split(' ')
const overlays = async (): Promise<string[]> => ['production', 'testing']
const offered = async (line: string): Promise<string[]> =>
  (await complete(words(line), overlays)).map(({ word }) => word)

describe('the table of commands', () => {
  test.each(COMMANDS.flatMap(({ name, examples }) => examples.map(({ line }) => [line, name])))(
    'the example `%s` is a call of %s',
    async (line, name) => {
      const called: string[] = []
      await makeProgram(async (row) => void called.push(row.name)).parseAsync(words(line), { from: 'user' })
      expect(called).toEqual([name])
    },
  )

  test('the help of every command and group fits 80 columns, whatever the length of a usage', () => {
    type Command = ReturnType<typeof makeProgram>
    const below = (command: Command): Command[] => [
      command,
      ...command.commands.flatMap((each) => below(each)),
    ]
    const wide = below(makeProgram(async () => {})).flatMap((command) =>
      command
        .configureOutput({ getOutHelpWidth: () => 80 })
        .helpInformation()
        .split('\n')
        .filter((line) => line.length > 80)
        .map((line) => `${command.name()}: ${line}`),
    )
    expect(wide).toEqual([])
  })

  test('every command has an example and a summary, and every group a description', () => {
    const unfit = COMMANDS.filter(({ summary, examples }) => examples.length === 0 || summary.endsWith('.'))
    expect(unfit.map(({ name }) => name)).toEqual([])
    const groups = COMMANDS.flatMap(({ name }) => (name.includes(' ') ? [name.split(' ')[0]] : []))
    expect(new Set(groups)).toEqual(new Set(Object.keys(GROUPS)))
  })
})

describe('completion', () => {
  const CASES: readonly (readonly [line: string, offered: readonly string[]])[] = [
    ['rend', ['render']],
    ['golden ', ['check', 'update']],
    ['golden up', ['update']],
    ['render ', ['production', 'testing']],
    ['render production te', ['testing']],
    ['render --secrets ', ['real', 'stub']],
    ['render --st', ['--stdout']],
    ['-C some/where golden check pro', ['production']],
    ['diff pro', ['production']],
    ['diff production ', ['production', 'testing']],
    ['watch production ', ['production', 'testing']],
    ['explain production deck ', []],
    ['render --jobs ', []],
    ['golden check --rep', ['--report']],
    ['pin compare 4.5.4 5.8.1 ', ['production', 'testing']],
    ['constructor ', []],
    ['--ver', ['--verbose']],
  ]
  test.each(CASES)('after %j, %j are offered', async (line, expected) => {
    expect(await offered(line)).toEqual(expected)
  })

  test('all commands are offered for the first word', async () => {
    const all = await offered('')
    for (const { name } of COMMANDS) expect(all).toContain(name.split(' ')[0])
    expect(all).toContain('yq')
  })

  test('-C sets the workspace whose overlays are offered', async () => {
    const asked: string[] = []
    const ask = async (folder: string): Promise<string[]> => (asked.push(folder), [])
    await complete(words('-C some/where render '), ask)
    await complete(words('render -C some/where '), ask)
    await complete(words('render '), ask)
    expect(asked).toEqual(['some/where', 'some/where', '.'])
  })
})

const fixture = join(import.meta.dirname, '../../../overlays-fixtures/kubevirt/prow-deploy/kustom')

/** A script for each shell that prints what it would offer. */
const SHELLS: Readonly<Record<string, string>> = {
  bash: `source <(overlay-render completion bash)
    COMP_WORDS=(overlay-render render wo) COMP_CWORD=2; _overlay_render; printf '%s\\n' "\${COMPREPLY[@]}"`,
  zsh: `autoload -Uz compinit; compinit -D; source <(overlay-render completion zsh)
    _describe() { print -l "\${(@P)2}" }
    words=(overlay-render render wo) CURRENT=3; _overlay_render`,
  fish: `overlay-render completion fish | source; complete -C 'overlay-render render wo'`,
}

describe('in a shell', () => {
  let bin = ''
  beforeAll(async () => {
    await build({ force: false })
    bin = mkdtempSync(join(tmpdir(), 'overlay-render-bin-'))
    const file = join(import.meta.dirname, '../bin/overlay-render.js')
    writeFileSync(join(bin, 'overlay-render'), `#!/bin/sh\nexec '${process.execPath}' '${file}' "$@"\n`)
    chmodSync(join(bin, 'overlay-render'), 0o755)
  })
  afterAll(() => rmSync(bin, { recursive: true }))

  for (const [shell, script] of Object.entries(SHELLS)) {
    test(`${shell} completes the name of an overlay (skipped without ${shell})`, async (context) => {
      const file = join(bin, `ask.${shell}`)
      writeFileSync(file, script)
      const PATH = [bin, process.env['PATH']].join(delimiter)
      const result = await execa(shell, [file], { cwd: fixture, env: { PATH }, reject: false })
      if (result.code === 'ENOENT') return context.skip(`${shell} is not on this machine`)
      expect(result.stderr).toBe('')
      expect(result.stdout).toMatch(/^workloads\b/mu)
      expect(result.stdout).not.toContain('testing')
    })
  }

  test('an unknown shell is refused with the names of the supported ones', async () => {
    const result = await execa('overlay-render', ['completion', 'tcsh'], {
      env: { PATH: [bin, process.env['PATH']].join(delimiter) },
      reject: false,
    })
    expect([result.exitCode, result.stdout]).toEqual([2, ''])
    expect(result.stderr).toContain('bash, zsh or fish')
  })
})

test.each([
  ['rendr --help', 'rendr'],
  ['help rendr', 'rendr'],
  ['-C some/where constructor -h', 'constructor'],
  ['golden chek --help', 'chek'],
  ['help golden chek', 'chek'],
])('help for an unknown command is an error: %j', async (line, unknown) => {
  const command = join(import.meta.dirname, '../bin/overlay-render.js')
  const result = await execa(process.execPath, [command, ...line.split(' ')], { reject: false })
  expect([result.exitCode, result.stdout]).toEqual([2, ''])
  expect(result.stderr).toContain(`unknown command '${unknown}'`)
})

test.each([
  [{}, {}, true, true],
  [{}, {}, false, false],
  [{}, { FORCE_COLOR: '1' }, false, true],
  [{}, { FORCE_COLOR: '0' }, true, false],
  [{}, { FORCE_COLOR: '1', NO_COLOR: '1' }, true, false],
  [{ color: false }, { FORCE_COLOR: '1' }, true, false],
  [{}, { FORCE_COLOR: '' }, true, true],
  [{}, { TERM: 'dumb' }, true, false],
  [{}, { TERM: 'dumb', FORCE_COLOR: '1' }, true, true],
])('flags %j with %j on a terminal (%j) give colour: %j', (flags, environment, isTerminal, expected) => {
  expect(wantsColour(flags, environment, isTerminal)).toBe(expected)
})
