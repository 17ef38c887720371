import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

import { makeTemporaryFolder, type TemporaryFolder } from '@overlay-render/system'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { runInFolder } from './run-in-folder.ts'

let temporary: TemporaryFolder

beforeEach(async () => {
  temporary = await makeTemporaryFolder('yq-command')
})

afterEach(async () => {
  await temporary.dispose()
})

const COLOURFUL = `# head
a: &x "b" # line
'c': [1, true, {d: *x, e: 'it''s'}]
--- # odd
f: |
  text # no comment
  - no: key

g:
  - h: >-
      folded
    i: -1.5e3
  - |
    deeper
  - http://x#y
j: "two: {words}"
? k
: !!str null
# foot
`

describe('colours', () => {
  test.each([
    ['yaml', ['-C']],
    ['json', ['-C', '-oj']],
    ['json on one line', ['-C', '-oj', '-I0']],
    ['yaml with -P', ['-C', '-P']],
    ['scalars that are not unwrapped', ['-C', '-r=false', '..']],
  ])('of %s: without them the output is the plain one', async (_, args) => {
    const call = { args: [...args, 'one.yaml'], files: { 'one.yaml': COLOURFUL } }
    const coloured = await runInFolder(temporary.path, call)
    const plain = await runInFolder(temporary.path, {
      ...call,
      args: call.args.filter((arg) => arg !== '-C'),
    })
    expect(coloured.status).toBe(0)
    expect(coloured.stdout).not.toBe(plain.stdout)
    expect(stripVTControlCharacters(coloured.stdout)).toBe(plain.stdout)
  })

  test('differ for keys, strings, numbers, aliases and comments', async () => {
    const { stdout } = await runInFolder(temporary.path, {
      args: ['-C', '.'],
      stdin: 'a: &x b # c\nd: 1\ne: *x\n',
    })
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      '\u001b[36ma\u001b[0m: \u001b[93m&x\u001b[0m \u001b[32mb\u001b[0m \u001b[90m# c\u001b[0m',
      '\u001b[36md\u001b[0m: \u001b[95m1\u001b[0m',
      '\u001b[36me\u001b[0m: \u001b[93m*x\u001b[0m',
    ])
  })

  test.each([
    ['on a terminal', {}, [], true],
    ['not with -M', {}, ['-M'], false],
    ['not with NO_COLOR', { NO_COLOR: '1' }, [], false],
    ['with NO_COLOR when forced', { NO_COLOR: '1' }, ['-C'], true],
  ])('are printed %s', async (_, env, args, isColoured) => {
    const call = { args: [...args, '.'], stdin: 'a: 1\n', env, stdoutIsTerminal: true }
    expect((await runInFolder(temporary.path, call)).stdout.includes('\u001b')).toBe(isColoured)
  })

  test('are not written into files, unless forced', async () => {
    const call = { files: { 'one.yaml': 'a: 1\n' }, stdoutIsTerminal: true }
    const plain = await runInFolder(temporary.path, { ...call, args: ['-i', '.a = 2', 'one.yaml'] })
    expect(plain.files).toEqual({ 'one.yaml': 'a: 2\n' })
    const forced = await runInFolder(temporary.path, { ...call, args: ['-C', '-i', '.a = 2', 'one.yaml'] })
    expect(forced.files['one.yaml']).toContain('\u001b')
  })
})

describe('-i', () => {
  test('keeps the mode of the file', async () => {
    const path = join(temporary.path, 'one.yaml')
    writeFileSync(path, 'a: 1\n')
    chmodSync(path, 0o640)
    await runInFolder(temporary.path, { args: ['-i', '.a = 2', 'one.yaml'] })
    expect(readFileSync(path, 'utf8')).toBe('a: 2\n')
    expect(statSync(path).mode & 0o777).toBe(0o640)
  })

  test('writes through a symbolic link', async () => {
    writeFileSync(join(temporary.path, 'target.yaml'), 'a: 1\n')
    symlinkSync('target.yaml', join(temporary.path, 'link.yaml'))
    await runInFolder(temporary.path, { args: ['-i', '.a = 2', 'link.yaml'] })
    expect(lstatSync(join(temporary.path, 'link.yaml')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(temporary.path, 'target.yaml'), 'utf8')).toBe('a: 2\n')
  })
})

describe('stderr', () => {
  test('shows the position of an error in the expression, and the message of yq last', async () => {
    const { status, stderr } = await runInFolder(temporary.path, { args: ['.a | nope'], stdin: 'a: 1\n' })
    const lines = stderr.trimEnd().split('\n')
    expect(status).toBe(1)
    expect(lines).toContain('  1 | .a | nope')
    expect(lines).toContain('    |      ^^^^')
    expect(lines.at(-1)).toBe('Error: 1:6: lexer: invalid input text "nope"')
  })

  test('shows the position of an error in a document', async () => {
    const { stderr } = await runInFolder(temporary.path, { args: ['.'], stdin: 'a: 1\nb: [1\n' })
    expect(stderr).toMatch(/^-:3:1: .*\n/)
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^Error: bad file '-': go-yaml load error in parser/)
  })

  test('warns when -p alone makes the output yaml', async () => {
    const { stdout, stderr } = await runInFolder(temporary.path, {
      args: ['-pj', '.', 'one.json'],
      files: { 'one.json': '{"a":1}' },
    })
    expect(stdout).toBe('a: 1\n')
    expect(stderr).toMatch(/^Warning: the output is yaml/)
  })

  test.each([
    ['explode', ['explode(.)']],
    ['a format without them', ['-oj', '.']],
  ])('warns of merge keys that override, once, for %s', async (_, args) => {
    const { stderr } = await runInFolder(temporary.path, {
      args,
      stdin: 'a: &x {b: 1}\nc: {b: 2, <<: *x}\nd: {b: 2, <<: *x}\n',
    })
    expect(stderr.match(/Warning/g)).toHaveLength(1)
  })

  test('lists the supported formats for one that is not supported', async () => {
    const { status, stderr } = await runInFolder(temporary.path, {
      args: ['-o', 'hcl', '.'],
      stdin: 'a: 1\n',
    })
    expect(status).toBe(1)
    expect(stderr).toContain("Error: unsupported format 'hcl' please use [yaml|y|json|j|")
  })
})

describe('a document that is too deep to be printed', () => {
  test('is an error of the input, not of the program', async () => {
    const { status, stderr } = await runInFolder(temporary.path, {
      args: ['-p=json', '-o=json', '.'],
      stdin: '['.repeat(50_000) + ']'.repeat(50_000),
    })
    expect(status).toBe(1)
    expect(stderr).toMatch(
      /^Error: a string would (?:have more than \d+ characters|exceed the maximum length of a string)$/m,
    )
  })
})

describe('help and version', () => {
  test.each([[['-h']], [['--help', '.a']], [['help']], [['eval', '--help']]])(
    '%j prints the help',
    async (args) => {
      const { status, stdout } = await runInFolder(temporary.path, { args })
      expect(status).toBe(0)
      expect(stdout).toContain('-o, --output-format FORMAT')
    },
  )

  test.each([[['-V']], [['--version']]])('%j prints the version line that scripts parse', async (args) => {
    const { stdout } = await runInFolder(temporary.path, { args })
    expect(stdout).toBe('yq (https://github.com/mikefarah/yq/) version v4.53.6\n')
  })

  test('without arguments, the help goes to stdout, as with yq', async () => {
    const { status, stdout, stderr } = await runInFolder(temporary.path, { args: [] })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('Usage:')
  })
})

describe('bytes', () => {
  test('that are not UTF-8 survive decoding and encoding as base64', async () => {
    const bytes = Buffer.from([0x89, 0x50, 0xff, 0x00, 0xc3])
    const { stdout } = await runInFolder(temporary.path, {
      args: ['.a | @base64d | @base64'],
      stdin: `a: ${bytes.toString('base64')}\n`,
    })
    expect(stdout).toBe(`${bytes.toString('base64')}\n`)
  })
})
