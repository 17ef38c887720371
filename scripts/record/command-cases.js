// Runs the real yq 4.53.6 on packages/cli/test/yq/cases/*.yaml and records the results. `--check` only lists
// outdated records. The binary is OVERLAY_RENDER_YQ4, or the one that scripts/install-oracles.js installs.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { argv, env, exit, stderr, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'

import { isMap, parseDocument, Scalar, visit } from 'yaml'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const cases = join(root, 'packages/cli/test/yq/cases')
const yq = env.OVERLAY_RENDER_YQ4 ?? join(root, '.cache/oracles/bin/yq4')

/** Runs a case in its own temporary folder. */
function run({ args, stdin, files = {}, env: variables = {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'yq-case-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    const result = spawnSync(yq, args, {
      cwd: folder,
      env: { HOME: '/nowhere', PATH: env.PATH, TZ: 'UTC', ...variables },
      ...(stdin === undefined ? { stdio: ['ignore', 'pipe', 'pipe'] } : { input: stdin }),
      encoding: 'utf8',
    })
    return { result, changed: changedFiles(folder, files) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function changedFiles(folder, files) {
  const changed = {}
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath ?? entry.path, entry.name)
    const name = path.slice(folder.length + 1)
    const text = readFileSync(path, 'utf8')
    if (text !== files[name]) changed[name] = text
  }
  return changed
}

/**
 * The part of a result that tests compare: the whole stdout, the error message without the usage text, and
 * the files.
 */
function recordOf(testCase) {
  const { result, changed } = run(testCase)
  const error = /^Error: [^]*?(?=\nUsage:|\n*(?![^]))/m.exec(result.stderr)?.[0]
  return {
    status: result.status,
    ...(result.stdout === '' ? {} : { stdout: result.stdout }),
    ...(error === undefined ? {} : { error }),
    ...(Object.keys(changed).length === 0 ? {} : { files: changed }),
  }
}

/** Quotes recorded text, so that spaces and line breaks are visible. */
function quotedNode(document, record) {
  const node = document.createNode(record)
  visit(node, {
    Scalar(key, scalar) {
      if (key !== 'key' && typeof scalar.value === 'string') scalar.type = Scalar.QUOTE_DOUBLE
    },
  })
  return node
}

const version = execFileSync(yq, ['--version'], { encoding: 'utf8' })
if (!version.includes('v4.53.6')) {
  stderr.write(`${yq} is not yq 4.53.6: ${version}`)
  exit(2)
}
let stale = 0
for (const file of readdirSync(cases).filter((name) => name.endsWith('.yaml'))) {
  const path = join(cases, file)
  const text = readFileSync(path, 'utf8')
  const document = parseDocument(text)
  for (const [index, testCase] of document.toJS().entries()) {
    const item = document.contents.items[index]
    const record = recordOf(testCase)
    const old = testCase.real
    if (JSON.stringify(old) === JSON.stringify(record)) continue
    stale++
    stdout.write(`${file}: ${testCase.name}\n`)
    if (isMap(item)) item.set('real', quotedNode(document, record))
  }
  if (!argv.includes('--check'))
    writeFileSync(path, document.toString({ lineWidth: 0, flowCollectionPadding: false }))
}
stdout.write(`${stale} records ${argv.includes('--check') ? 'are out of date' : 'written'}\n`)
exit(argv.includes('--check') && stale > 0 ? 1 : 0)
