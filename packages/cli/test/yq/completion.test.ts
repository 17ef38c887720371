import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { makeTemporaryFolder, type TemporaryFolder } from '@overlay-render/system'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { completionScript } from '../../src/yq/completion/completion-script.ts'
import { runInFolder } from './run-in-folder.ts'

let temporary: TemporaryFolder

beforeEach(async () => {
  temporary = await makeTemporaryFolder('yq-completion')
})

afterEach(async () => {
  await temporary.dispose()
})

const hasShell = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0

/** The lines that a shell prints for `program` after it sourced its completion script. */
function ask(shell: string, program: string): string[] {
  const script = join(temporary.path, 'completion')
  writeFileSync(script, completionScript([shell]))
  writeFileSync(join(temporary.path, 'my.yaml'), '')
  const { stdout, stderr, status } = spawnSync(shell, ['-c', `source ${script}\n${program}`], {
    cwd: temporary.path,
    encoding: 'utf8',
  })
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  return stdout.trimEnd().split('\n')
}

/** Command lines up to the cursor, and some of the words that each must offer. */
const LINES: readonly (readonly [words: readonly string[], offers: readonly string[]])[] = [
  [[''], ['yq']],
  [
    ['yq', 'e'],
    ['eval', 'eval-all'],
  ],
  [
    ['yq', '--in'],
    ['--inplace', '--input-format', '--indent'],
  ],
  [
    ['yq', '-o', 't'],
    ['toml', 'tsv'],
  ],
  [
    ['yq', '--front-matter', ''],
    ['extract', 'process'],
  ],
  [
    ['yq', 'completion', ''],
    ['bash', 'zsh', 'fish', 'powershell'],
  ],
  [['yq', '.', 'my'], ['my.yaml']],
]

describe.skipIf(!hasShell('bash'))('in bash (skipped where it is missing)', () => {
  test.each(LINES)('%j offers %j', (words, offers) => {
    const program = `COMP_WORDS=(overlay-render "$@"); COMP_CWORD=$#; _overlay_render; printf '%s\\n' "\${COMPREPLY[@]}"`
    const given = words.map((word) => `'${word}'`).join(' ')
    expect(ask('bash', `set -- ${given}\n${program}`)).toEqual(expect.arrayContaining([...offers]))
  })

  test('after --flag=, the values of the flag are offered', () => {
    const program = `COMP_WORDS=(overlay-render yq --output-format = to); COMP_CWORD=4; _overlay_render; echo "\${COMPREPLY[@]}"`
    expect(ask('bash', program)).toEqual(['toml'])
  })
})

describe.skipIf(!hasShell('fish'))('in fish (skipped where it is missing)', () => {
  test.each(LINES)('%j offers %j', (words, offers) => {
    const found = ask('fish', `complete -C 'overlay-render ${words.join(' ')}'`)
    expect(found.map((line) => line.split('\t')[0])).toEqual(expect.arrayContaining([...offers]))
  })
})

test.skipIf(!hasShell('zsh'))('zsh can read its script (skipped where it is missing)', () => {
  const { status, stderr } = spawnSync('zsh', ['-n'], { input: completionScript(['zsh']), encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

test('the script of every shell has all flags and formats', () => {
  for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
    const script = completionScript([shell])
    for (const word of ['input-format', 'xml-strict-mode', 'toml', 'migrate']) expect(script).toContain(word)
  }
})

test('the script of every shell has the flags that yq 4.53.6 completes, except those of lua', () => {
  // Recorded with `yq __complete --`.
  const flags = readFileSync(join(import.meta.dirname, 'flags-of-yq.txt'), 'utf8')
    .trimEnd()
    .split('\n')
  const wanted = flags.filter((flag) => !flag.startsWith('--lua-'))
  expect(wanted.length).toBeGreaterThan(40)
  for (const shell of ['bash', 'zsh', 'powershell'])
    expect(wanted.filter((flag) => !completionScript([shell]).includes(flag))).toEqual([])
  expect(wanted.filter((flag) => !completionScript(['fish']).includes(flag.slice(2)))).toEqual([])
})

test.each([
  [[], 'accepts 1 arg(s), received 0'],
  [['foo'], 'invalid argument "foo" for "yq completion"'],
  [['bash', 'zsh'], 'accepts 1 arg(s), received 2'],
])('completion %j is refused with the message of yq', async (args, sentence) => {
  const { status, stderr } = await runInFolder(temporary.path, { args: ['completion', ...args] })
  expect(status).toBe(1)
  expect(stderr).toContain(sentence)
})
