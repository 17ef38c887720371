import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { makeProgram } from '../packages/cli/src/program.ts'
import { build } from '../scripts/build.js'
import { writeCommands } from '../scripts/write-commands.js'
import { writeFaultCodes } from '../scripts/write-fault-codes.js'
import { writeJson } from '../scripts/write-json.js'
import { writeRules } from '../scripts/write-rules.js'
import { copyTree } from './support/copy-tree.ts'
import { root } from './support/oracles.ts'

// These tests use the pages like a reader. A block that begins with ```sh in=kubevirt is run line by line in a git clone of that
// fixture's workspace, and each line must succeed, or end with the status that it states: `# exit status 1`. In every other
// sh block, each call of overlay-render must be a valid command line.

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
  ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`),
]
  // docs/api is generated from doc comments, on demand.
  .filter((page) => page.endsWith('.md') && !page.startsWith('docs/api/'))
  .toSorted()

const WORKSPACES: Readonly<Record<string, string>> = {
  kubevirt: 'prow-deploy/kustom',
  'kubevirt-v3': 'prow-deploy/kustom',
  metal3: '.',
  jobs: '.',
}

interface Block {
  readonly workspace: string | undefined
  readonly lines: readonly string[]
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(join(root, page), 'utf8')
  return [...text.matchAll(/^ *```sh(?: in=(\S+))?\n([\s\S]*?)^ *```$/gmu)].map(
    ([, workspace, code = '']) => ({
      workspace,
      lines: code
        .replaceAll(/\\\n\s*/gu, '')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#')),
    }),
  )
}

let bin = ''
beforeAll(async () => {
  await build({ force: false })
  bin = mkdtempSync(join(tmpdir(), 'overlay-render-docs-'))
  const command = join(root, 'packages/cli/bin/overlay-render.js')
  writeFileSync(join(bin, 'overlay-render'), `#!/bin/sh\nexec '${process.execPath}' '${command}' "$@"\n`)
  chmodSync(join(bin, 'overlay-render'), 0o755)
})
afterAll(() => rmSync(bin, { recursive: true }))

/** Runs one line. `$BASE` is the first commit of the clone, as is `origin/main`. */
function runLine(line: string, cwd: string, home: string): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: [bin, process.env['PATH']].join(delimiter),
      HOME: home,
      ARTIFACTS: home,
      PULL_BASE_SHA: 'origin/main',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.com',
    },
  })
  return { status, said: `${stdout}\n${stderr}` }
}

async function runBlocks(blocks: readonly Block[], fixture: string): Promise<string[]> {
  const tree = await copyTree(join(root, 'overlays-fixtures', fixture))
  const home = mkdtempSync(join(tmpdir(), 'overlay-render-home-'))
  const cwd = join(tree.path, WORKSPACES[fixture] ?? '.')
  const failures: string[] = []
  try {
    for (const line of [
      'git init --quiet --initial-branch=main',
      'git add --all',
      'git commit --quiet --message=base',
      'git update-ref refs/remotes/origin/main HEAD',
    ])
      execFileSync('bash', ['-c', `cd '${tree.path}' && ${line}`], {
        env: {
          ...process.env,
          GIT_AUTHOR_NAME: 'A',
          GIT_AUTHOR_EMAIL: 'a@b',
          GIT_COMMITTER_NAME: 'A',
          GIT_COMMITTER_EMAIL: 'a@b',
        },
      })
    for (const line of blocks.flatMap(({ lines }) => lines)) {
      const expected = Number(/# exit status (\d)/u.exec(line)?.[1] ?? 0)
      const { status, said } = runLine(line, cwd, home)
      if (status !== expected) failures.push(`${line}\nended with ${status}, not ${expected}:\n${said}`)
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
    await tree.dispose()
  }
  return failures
}

describe('the commands of', () => {
  for (const page of pages) {
    const blocks = blocksOf(page)
    const fixtures = new Set(blocks.flatMap(({ workspace }) => (workspace === undefined ? [] : [workspace])))
    for (const fixture of fixtures) {
      test(`${page} run in the demo ${fixture}`, async () => {
        expect(
          await runBlocks(
            blocks.filter(({ workspace }) => workspace === fixture),
            fixture,
          ),
        ).toEqual([])
      })
    }
    const calls = blocks
      .flatMap(({ lines }) => lines)
      .flatMap((line) => [
        ...line.replace(/ +#.*$/u, '').matchAll(/(?:^|[;&|(]\s*|npx )overlay-render((?: [^;&|)>]*)?)/gu),
      ])
      .map(([, rest = '']) => rest.trim())
      .filter((rest) => rest !== '' && !/^(?:-C \S+ )?(?:yq|completion|version|--)/u.test(rest))
    if (calls.length === 0) continue
    test(`${page} are calls that the command takes`, async () => {
      for (const call of calls) {
        const called: string[] = []
        const words = [...call.matchAll(/"[^"]*"|'[^']*'|\S+/gu)].map(([word]) =>
          word.replaceAll(/^["']|["']$/gu, ''),
        )
        await makeProgram(async ({ name }) => void called.push(name)).parseAsync(words, { from: 'user' })
        expect([call, called.length]).toEqual([call, 1])
      }
    })
  }
})

test('every link from page to page leads to a file, and every heading it names is there', () => {
  const broken = pages.flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8').replaceAll(/^```[\s\S]*?^```/gmu, '')
    return [...text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)/gu)].flatMap(
      ([link, path = '', heading]) => {
        const file = path === '' ? join(root, page) : resolve(dirname(join(root, page)), path)
        if (!existsSync(file)) return [`${page}: ${link}`]
        if (heading === undefined || !file.endsWith('.md')) return []
        return headingsOf(readFileSync(file, 'utf8')).includes(heading) ? [] : [`${page}: ${link}`]
      },
    )
  })
  expect(broken).toEqual([])
})

/** The anchors that GitHub generates for headings. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gmu)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test('the page of rules says what the rules say today (else run node scripts/write-rules.js)', async () => {
  expect(readFileSync(join(root, 'docs/rules.md'), 'utf8')).toBe(await writeRules())
})

test('the page of fault codes says what the sources say today (else run node scripts/write-fault-codes.js)', () => {
  expect(readFileSync(join(root, 'docs/reference/fault-codes.md'), 'utf8')).toBe(writeFaultCodes())
})

test('every finding that the checks, renders and clusters report is on the page of rules', () => {
  const page = readFileSync(join(root, 'docs/rules.md'), 'utf8')
  const names = ['check', 'cluster', 'configs', 'kustomize', 'prow', 'render'].flatMap((name) => {
    const folder = join(root, 'packages', name, 'src')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    )
    return files.flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/\brule(?::| =) '([a-z][a-z0-9-]*)'/gu)].map(
        ([, rule]) => rule,
      ),
    )
  })
  expect(names.length).toBeGreaterThan(50)
  expect([...new Set(names)].filter((rule) => !page.includes(`\`${rule}\``))).toEqual([])
})

test('every package with faults is on the page of fault codes', () => {
  const withFaults = readdirSync(join(root, 'packages')).filter((name) =>
    /export class \w+Fault extends Fault</u.test(
      readdirSync(join(root, 'packages', name, 'src'), { encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => readFileSync(join(root, 'packages', name, 'src', file), 'utf8'))
        .join('\n'),
    ),
  )
  const page = writeFaultCodes()
  expect(withFaults.filter((name) => !page.includes(`\`@overlay-render/${name}\``))).toEqual([])
  expect(withFaults.length).toBeGreaterThan(5)
})

test('the page of commands says what the table says today (else run node scripts/write-commands.js)', async () => {
  const page = 'docs/reference/commands.md'
  expect(readFileSync(join(root, page), 'utf8')).toBe(await writeCommands())
})

test('the page of JSON output says what the schemas say today (else run node scripts/write-json.js)', async () => {
  expect(readFileSync(join(root, 'docs/reference/json.md'), 'utf8')).toBe(await writeJson())
})
