// Checks the packages as published: packs and lints them, installs them into empty projects with each package
// manager, runs them on each supported Node, and type checks them with each supported compiler.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { env, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'

import { execa } from 'execa'

import { packAll } from './assemble.js'
import { buildSingleFile } from './single-file/build.js'
import { writeApi } from './write-api.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = mkdtempSync(join(tmpdir(), 'overlay-render-packages-'))
const run = (file, args, options = {}) =>
  execa(file, args, { cwd: root, preferLocal: true, all: true, ...options })
const say = (line) => stdout.write(`${line}\n`)

/** The oldest supported compiler, and the last release of each major version since. */
const COMPILERS = ['5.4', '5.9', '6', '7']
const RESOLUTIONS = [
  { module: 'node16', moduleResolution: 'node16' },
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
]

/** Node versions to test in addition to the current one. */
const NODES = ['22', '24']

/** Checks that the manifest and the files of a package agree. */
async function lint(file) {
  await run('publint', ['run', file, '--strict'])
  await run('attw', [file, '--profile', 'esm-only', '--exclude-entrypoints', './schema'])
  const { stdout: list } = await run('tar', ['-tzf', file])
  const names = new Set(list.split('\n').map((name) => name.replace('package/', '')))
  const { stdout: manifest } = await run('tar', ['-xzOf', file, 'package/package.json'])
  const { keywords, repository, bugs, homepage } = JSON.parse(manifest)
  const lacks = [
    ...['LICENSE', 'README.md'].filter((name) => !names.has(name)),
    ...Object.entries({ keywords, repository, bugs, homepage }).flatMap(([key, value]) =>
      value ? [] : [key],
    ),
  ]
  if (lacks.length > 0) throw new Error(`${file} lacks ${lacks.join(', ')}`)
  const unpacked = mkdtempSync(join(folder, 'unpacked-'))
  await run('tar', ['-xzf', file, '-C', unpacked])
  for (const name of names) {
    const [, map] = name.endsWith('.js')
      ? (/^\/\/# sourceMappingURL=(.*)$/mu.exec(readFileSync(join(unpacked, 'package', name), 'utf8')) ?? [])
      : []
    if (map !== undefined && !names.has(join(dirname(name), map)))
      throw new Error(`${name} names ${map}, which is not shipped`)
  }
}

/** How each package manager installs tarballs that depend on each other. None of them is in the registry yet. */
const MANAGERS = {
  npm: (project, files) => {
    writeProject(project, {})
    return ['npm', ['install', '--no-audit', '--no-fund', ...files]]
  },
  pnpm: (project, files, byName) => {
    writeProject(project, { dependencies: byName })
    const overrides = Object.entries(byName).map(([name, file]) => `  '${name}': '${file}'`)
    writeFileSync(join(project, 'pnpm-workspace.yaml'), ['overrides:', ...overrides, ''].join('\n'))
    return ['npx', ['-y', 'pnpm@12', 'install']]
  },
  'yarn 1': (project, files, byName) => {
    writeProject(project, { dependencies: byName, resolutions: byName })
    return ['npx', ['-y', 'yarn@1.22.22', 'install', '--non-interactive']]
  },
  'yarn 4': (project, files, byName) => {
    writeProject(project, { dependencies: byName, resolutions: byName })
    writeFileSync(join(project, 'yarn.lock'), '')
    return ['npx', ['-y', '-p', '@yarnpkg/cli-dist@4', 'yarn', 'install']]
  },
}

function writeProject(project, fields) {
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module', ...fields }))
}

/** Installs into an empty project and runs the command there. */
async function install(manager, packages) {
  const project = join(folder, manager.replace(' ', '-'))
  mkdirSync(project)
  const byName = Object.fromEntries(packages.map(({ name, file }) => [name, `file:${file}`]))
  const [file, args] = MANAGERS[manager](
    project,
    packages.map((each) => each.file),
    byName,
  )
  await run(file, args, { cwd: project, env: await yarnSettings() })
  await tryCommand(project, ['node', commandIn(project)])
  say(`${manager}: installed in an empty project, and the command runs`)
  return project
}

const commandIn = (project) => join(project, 'node_modules/overlay-render/bin/overlay-render.js')

/**
 * yarn 4 reads the registry only from its own settings. In CI it refuses to create a lockfile, and an empty
 * project has none.
 */
async function yarnSettings() {
  const { stdout: registry } = await run('npm', ['config', 'get', 'registry'])
  return {
    YARN_NPM_REGISTRY_SERVER: registry,
    YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname,
    YARN_NODE_LINKER: 'node-modules',
    YARN_ENABLE_TELEMETRY: 'false',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    YARN_ENABLE_HARDENED_MODE: 'false',
  }
}

/** Runs a command. `command` is a program with its first arguments. */
async function tryCommand(project, command, options) {
  const call = (args, more) =>
    run(command[0], [...command.slice(1), ...args], { cwd: project, ...options, ...more })
  const { stdout: printed } = await call(['yq', '.a = 2'], { input: 'a: 1 # kept\n' })
  if (printed !== 'a: 2 # kept') throw new Error(`the installed command printed ${JSON.stringify(printed)}`)
  const workspace = join(root, 'overlays-fixtures/kubevirt/prow-deploy/kustom')
  const { stdout: rendered } = await call([
    '-C',
    workspace,
    'render',
    'testing',
    '--stdout',
    '--secrets',
    'stub',
  ])
  if (!rendered.startsWith('apiVersion: '))
    throw new Error(`the installed command rendered ${rendered.slice(0, 200)}`)
}

/** The single file must run without Node, so its PATH contains only git. */
async function trySingleFile(packages) {
  const program = join(folder, 'overlay-render')
  await buildSingleFile(program, packages)
  const path = join(folder, 'path')
  mkdirSync(path)
  const { stdout: git } = await run('sh', ['-c', 'command -v git'])
  symlinkSync(git, join(path, 'git'))
  const environment = { PATH: path, HOME: folder }
  await tryCommand(folder, [program], { env: environment, extendEnv: false, preferLocal: false })
  say('the single file runs without Node')
}

/** Loads each package with `import` and with `require`. */
async function load(project, packages, ...node) {
  const [file, ...args] = node
  for (const { name } of packages) {
    const quoted = JSON.stringify(name)
    const check = `if (Object.keys(m).length === 0) process.exit(1)`
    await run(file, [...args, '-e', `import(${quoted}).then((m) => { ${check} })`], { cwd: project })
    await run(file, [...args, '--input-type=commonjs', '-e', `const m = require(${quoted}); ${check}`], {
      cwd: project,
    })
  }
}

/** Every schema that the page of JSON output names is found by its name in an installed package, and is the one of that name. */
async function findSchemas(project) {
  const names = readdirSync(join(root, 'packages/cli/schema')).map((name) => name.replace('.schema.json', ''))
  const code = `for (const name of ${JSON.stringify(names)})
    if (!require('overlay-render/schema/' + name).$id.endsWith('/' + name + '.schema.json')) throw new Error(name)
    if (!require('overlay-render/schema/review-part').$id.endsWith('/review-part.schema.json')) throw new Error('review-part')`
  await run('node', ['--input-type=commonjs', '-e', code], { cwd: project })
  say(`${names.length} schemas of JSON outputs are found by their names`)
}

/**
 * Uses the matcher in another project's test: it must write a golden, accept the same manifests and reject
 * changed ones.
 */
async function tryMatcher(project) {
  await run('npm', ['install', '--no-audit', '--no-fund', 'vitest@4'], { cwd: project })
  const manifests = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n'
  const lines = [
    `import { goldenMatchers } from '@overlay-render/golden/vitest'`,
    `import { expect, test } from 'vitest'`,
    'expect.extend(goldenMatchers)',
    `const manifests = ${JSON.stringify(manifests)}`,
    `test('same', () => expect(manifests).toMatchGolden('golden/a.yaml'))`,
    `test('other', () => expect(manifests + 'data: {}\\n').not.toMatchGolden('golden/a.yaml'))`,
  ]
  writeFileSync(join(project, 'matcher.test.ts'), `${lines.join('\n')}\n`)
  await run('npx', ['vitest', 'run', '--update'], { cwd: project })
  const written = readFileSync(join(project, 'golden/a.yaml'), 'utf8')
  if (written !== manifests) throw new Error(`toMatchGolden wrote ${JSON.stringify(written)}`)
  await run('npx', ['vitest', 'run'], { cwd: project, env: { CI: 'true' } })
  say('toMatchGolden works in a test of a project')
}

/** Type checks the declarations with other compilers and `skipLibCheck` off. */
async function typeCheck(project, packages) {
  const imports = packages.map(
    ({ name }, index) => `import * as p${index} from ${JSON.stringify(name)}\nvoid p${index}`,
  )
  writeFileSync(join(project, 'check.ts'), `${imports.join('\n')}\n`)
  const compilers = COMPILERS.map((version) => `typescript-${version}@npm:typescript@${version}`)
  await run('npm', ['install', '--no-audit', '--no-fund', '@types/node@20', ...compilers], { cwd: project })
  for (const version of COMPILERS) {
    for (const { module, moduleResolution } of RESOLUTIONS) {
      const options = { noEmit: true, strict: true, skipLibCheck: false, module, moduleResolution }
      const language = { target: 'es2022', lib: ['es2023'], types: ['node'] }
      const config = { compilerOptions: { ...options, ...language }, files: ['check.ts'] }
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config))
      await run('node', [join(project, `node_modules/typescript-${version}/bin/tsc`), '-p', '.'], {
        cwd: project,
      })
    }
    say(`types: fine under TypeScript ${version}`)
  }
}

try {
  const packages = await packAll(join(folder, 'tarballs'))
  say(`packed ${packages.length} packages`)
  for (const { file } of packages) await lint(file)
  say('publint, attw and our own rules found nothing')
  const projects = new Map()
  for (const manager of Object.keys(MANAGERS)) projects.set(manager, await install(manager, packages))
  const project = projects.get('npm')
  await load(project, packages, 'node')
  await findSchemas(project)
  for (const version of NODES) {
    const node = ['npx', '-y', '-p', `node@${version}`, 'node']
    await load(project, packages, ...node)
    await tryCommand(project, [...node, commandIn(project)])
    say(`Node ${version}: every package loads, and the command runs`)
  }
  await trySingleFile(packages)
  await tryMatcher(project)
  await typeCheck(project, packages)
  await writeApi(join(folder, 'api'))
  say('every exported name has a doc comment')
} catch (error) {
  say(error.all ?? error.stack)
  process.exitCode = 1
} finally {
  if (env.KEEP === undefined) rmSync(folder, { recursive: true, force: true })
}
