// Checks the packages as they would be published: packed, linted, their types resolved, installed together into
// an empty project with npm, imported and required there.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { env, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'

import { execa } from 'execa'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = mkdtempSync(join(tmpdir(), 'overlay-render-packages-'))
const run = (file, args, options = {}) =>
  execa(file, args, { cwd: root, preferLocal: true, all: true, ...options })
const say = (line) => stdout.write(`${line}\n`)

/** The oldest compiler that is supported, and the last of each major version since. */
const COMPILERS = ['5.4', '5.9', '6', '7']
const RESOLUTIONS = [
  { module: 'node16', moduleResolution: 'node16' },
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
]

try {
  await run('tsc', ['-b', '--force'])
  await run('node', ['scripts/build.js', '--force'])
  const packages = readdirSync(join(root, 'packages')).map((name) => {
    const path = join(root, 'packages', name)
    return { path, ...JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) }
  })
  const tarballs = join(folder, 'tarballs')
  mkdirSync(tarballs)
  for (const { path, name } of packages) {
    await run('npx', ['-y', 'pnpm@12', 'pack', '--pack-destination', tarballs], {
      cwd: path,
      env: { npm_config_ignore_scripts: 'true' },
    })
    say(`packed ${name}`)
  }
  const files = readdirSync(tarballs).map((name) => join(tarballs, name))
  for (const file of files) {
    await run('publint', ['run', file, '--strict'])
    await run('attw', [file, '--profile', 'esm-only'])
  }
  say('publint and attw found nothing')

  const project = join(folder, 'project')
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  await run(
    'npm',
    ['install', '--no-audit', '--no-fund', '--install-strategy=hoisted', '@types/node@20', ...files],
    {
      cwd: project,
    },
  )
  for (const { name } of packages) {
    await run(
      'node',
      [
        '-e',
        `import(${JSON.stringify(name)}).then((m) => { if (Object.keys(m).length === 0) process.exit(1) })`,
      ],
      { cwd: project },
    )
    await run(
      'node',
      [
        '--input-type=commonjs',
        '-e',
        `if (Object.keys(require(${JSON.stringify(name)})).length === 0) process.exit(1)`,
      ],
      { cwd: project },
    )
  }
  const { stdout: version } = await run('npx', ['overlay-render', '--version'], { cwd: project })
  say(`installed in an empty project: ${version}`)
  const { stdout: which } = await run('npx', ['overlay-render', 'yq', '.a = 2'], {
    cwd: project,
    input: 'a: 1 # kept\n',
  })
  if (which !== 'a: 2 # kept') throw new Error(`the installed command printed ${JSON.stringify(which)}`)
  await typeCheck(project, packages)
} catch (error) {
  say(error.all ?? error.stack)
  process.exitCode = 1
} finally {
  if (env.KEEP === undefined) rmSync(folder, { recursive: true, force: true })
}

/** The declarations must be read without error by other compilers, `skipLibCheck` off. */
async function typeCheck(project, packages) {
  const imports = packages.map(
    ({ name }, index) => `import * as p${index} from ${JSON.stringify(name)}\nvoid p${index}`,
  )
  writeFileSync(join(project, 'check.ts'), `${imports.join('\n')}\n`)
  const compilers = COMPILERS.map((version) => `typescript-${version}@npm:typescript@${version}`)
  await run('npm', ['install', '--no-audit', '--no-fund', ...compilers], { cwd: project })
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
