import { readFileSync } from 'node:fs'

import { makeTemporaryFolder, type TemporaryFolder } from '@overlay-render/system'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { runInFolder, type YqOutcome } from './run-in-folder.ts'

let temporary: TemporaryFolder

beforeEach(async () => {
  temporary = await makeTemporaryFolder('yq-3')
})

afterEach(async () => {
  await temporary.dispose()
})

const FILES = {
  'base.yaml': '# head\na: "1" # one\nb: {c: x}\n---\na: 2\n',
  'set.yaml': '- command: update\n  path: a\n  value: 3\n',
}

const run = async (...args: string[]): Promise<YqOutcome> =>
  runInFolder(temporary.path, { args, files: FILES })

describe('yq write runs a yq 3 script', () => {
  test.each([
    [['write', '--script', 'set.yaml', 'base.yaml'], '# head\na: 3\nb: {c: x}\n---\na: 2\n'],
    [['w', '-s', 'set.yaml', '-d', '1', 'base.yaml'], '# head\na: "1" # one\nb: {c: x}\n---\na: 3\n'],
    [['w', '-s', 'set.yaml', '-d', '*', 'base.yaml'], '# head\na: 3\nb: {c: x}\n---\na: 3\n'],
    [['w', '-P', '-s', 'set.yaml', 'base.yaml'], '# head\na: 3\nb:\n  c: x\n---\na: 2\n'],
    [['w', '-j', '-s', 'set.yaml', 'base.yaml'], '{"a":3,"b":{"c":"x"}}\n{"a":2}\n'],
    [
      ['w', '-jP', '-s', 'set.yaml', 'base.yaml'],
      '{\n  "a": 3,\n  "b": {\n    "c": "x"\n  }\n}\n{\n  "a": 2\n}\n',
    ],
  ])('%j', async (args, stdout) => {
    expect(await run(...args)).toMatchObject({ status: 0, stdout, stderr: '' })
  })

  test('-i changes the file', async () => {
    const { files, stdout } = await run('write', '-i', '-s', 'set.yaml', 'base.yaml')
    expect({ files, stdout }).toEqual({
      files: { 'base.yaml': '# head\na: 3\nb: {c: x}\n---\na: 2\n' },
      stdout: '',
    })
  })

  test.each([
    [
      ['w', 'base.yaml', 'a', '1'],
      'write takes a script and one file; paths and values belong in the script',
    ],
    [['w', '-t', '!!str', '-s', 'set.yaml', 'base.yaml'], '-t is not supported'],
    [['w', '--indent=4', '-s', 'set.yaml', 'base.yaml'], '--indent=4 is not supported'],
    [['w', '--nope', '-s', 'set.yaml', 'base.yaml'], "Unknown option '--nope'"],
    [['w', '-d', 'x', '-s', 'set.yaml', 'base.yaml'], 'Document index x is not a integer or *'],
    [
      ['w', '-d', '7', '-s', 'set.yaml', 'base.yaml'],
      'asked to process document index 7 but there are only 2 document(s)',
    ],
    [['w', '-s', 'missing.yaml', 'base.yaml'], 'open missing.yaml: no such file or directory'],
    [['w', '-i', '-s', 'set.yaml', '-'], '-i takes a file, not stdin'],
    [['migrate'], 'migrate takes one yq 3 script'],
    [
      ['migrate', 'set.yaml', '--against', 'set.yaml'],
      '--against needs --base, the file on which both are run',
    ],
  ])('%j is refused', async (args, sentence) => {
    const outcome = await run(...args)
    expect(outcome.status).toBe(1)
    expect(outcome.stderr).toContain(`Error: ${sentence}\n`)
    expect(outcome.stdout).toBe('')
  })
})

describe('yq migrate', () => {
  const migrate = (
    script: string,
    args: readonly string[] = [],
    more: Readonly<Record<string, string>> = {},
  ) =>
    runInFolder(temporary.path, {
      args: ['migrate', 's.yaml', ...args],
      files: { ...FILES, 's.yaml': script, ...more },
    })

  test('prints the expression, and reports that both versions give the same data', async () => {
    expect(
      await migrate(FILES['set.yaml'], ['--base', 'one.yaml'], { 'one.yaml': 'a: "1"\n' }),
    ).toMatchObject({
      status: 0,
      stdout: '.a = 3\n',
      stderr: 'yq 3 and yq 4 give the same data for one.yaml\n',
    })
  })

  test('shows what differs: yq 4 changes every document', async () => {
    expect(await migrate(FILES['set.yaml'], ['--base', 'base.yaml'])).toMatchObject({
      status: 1,
      stdout: '.a = 3\n',
      stderr:
        'a:\n  yq 3: 2\n  yq 4: 3\nyq 3 and yq 4 give other data at 1 place of base.yaml; 1 with another style or other comments\n',
    })
  })

  test('finds the change that a migration by hand made to a folded text', async () => {
    const script = '- command: update\n  path: plank.url\n  value: >-\n    https://prow/\n    {{.Job}}\n'
    const byHand = '.plank.url = "https://prow/{{.Job}}"\n'
    const outcome = await migrate(script, ['--base', 'c.yaml', '--against', 'four.yq'], {
      'c.yaml': 'plank:\n  url: x\n',
      'four.yq': byHand,
    })
    expect(outcome).toMatchObject({ status: 1, stdout: '' })
    expect(outcome.stderr).toContain(
      'plank.url:\n  yq 3: "https://prow/ {{.Job}}"\n  yq 4: "https://prow/{{.Job}}"\n',
    )
  })

  test('without a base, lists what the base must have', async () => {
    const script =
      "- command: update\n  path: plank.jobs[2].url\n  value: x\n- command: delete\n  path: 'deck.(a==b)'\n"
    expect(await migrate(script)).toMatchObject({
      status: 0,
      stderr: `Not run on a base. The expression gives the data of yq 3 where the base has
  s.yaml:2:9: a map or nothing at the root
  s.yaml:2:9: a map or nothing at plank
  s.yaml:2:9: a list of at least 3 items at plank.jobs
  s.yaml:2:9: a map or nothing at plank.jobs.2
  s.yaml:5:9: a list of maps in which a is a string or a number, at deck
  one document, and no alias, merge key or duplicate key on or below its paths
Give --base FILE to run both on it and to see what differs.
`,
    })
  })

  test.each([
    [
      'maps."jobs/**/*.yaml".x',
      '1',
      's.yaml:2:9: the * or ? in jobs/**/*.yaml is literal in yq 3 and a wildcard in yq 4',
    ],
    ['new.key', '1', 's.yaml:1:3: this only creates nodes: the base has nothing at new.key'],
    ['a', '', 's.yaml:2:9: yq 4 prints null where yq 3 prints nothing'],
  ])('warns of the path %s', async (path, value, warning) => {
    const outcome = await migrate(`- command: update\n  path: '${path}'\n  value: ${value}\n`, [
      '--base',
      'base.yaml',
    ])
    expect(outcome.stderr).toContain(`Warning: ${warning}\n`)
  })
})

describe('docs/migrate-yq3.md', () => {
  const page = readFileSync(new URL('../../../../docs/migrate-yq3.md', import.meta.url), 'utf8')
  const blocks = [...page.matchAll(/^```(yaml|console) (.+)\n([\s\S]*?)^```$/gmu)].map(
    ([, kind, title = '', text = '']) => ({ kind, title, text }),
  )
  const files = Object.fromEntries(
    blocks.filter(({ kind }) => kind === 'yaml').map(({ title, text }) => [title, text]),
  )

  test.each(blocks.filter(({ kind }) => kind === 'console').map(({ title, text }) => [title, text] as const))(
    'shows the real output of yq %s',
    async (title, text) => {
      const { stdout, stderr } = await runInFolder(temporary.path, { args: title.split(' '), files })
      expect(stdout + stderr).toBe(text)
    },
  )
})

test.each([
  ['write', '--help'],
  ['w', '-h'],
  ['migrate', '--help'],
])('%s %s prints its flags and examples', async (...args) => {
  const { status, stdout } = await run(...args)
  expect(status).toBe(0)
  expect(stdout).toContain('\nExamples:\n  overlay-render yq ')
})
