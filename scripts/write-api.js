// Writes the reference of the library, one page a package, from the doc comments: `node scripts/write-api.js [FOLDER]`,
// docs/api when no folder is named. git ignores the pages: they are 20,000 lines that say again what the sources say.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { argv, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'

import { execa } from 'execa'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** typedoc reads types through the interface of TypeScript 6; the compiler of this repository, 7, has none yet. */
const TOOLS = ['typedoc@0.28', 'typedoc-plugin-markdown@4', 'typescript@6.0']

/**
 * Writes the pages into `folder`.
 *
 * @throws Error when an exported name has no doc comment, or a comment refers to what is not there
 */
export async function writeApi(folder) {
  const project = mkdtempSync(join(tmpdir(), 'overlay-render-api-'))
  try {
    writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    await execa('npm', ['install', '--no-audit', '--no-fund', ...TOOLS], { cwd: project, all: true })
    const entries = writeEntries(project)
    const compilerOptions = {
      composite: false,
      declaration: true,
      noEmit: true,
      rewriteRelativeImportExtensions: false,
      allowImportingTsExtensions: true,
      customConditions: ['@overlay-render/source'],
      typeRoots: [join(root, 'node_modules/@types')],
    }
    const config = { extends: join(root, 'tsconfig.base.json'), compilerOptions, files: entries }
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config))
    const options = {
      entryPoints: entries,
      tsconfig: 'tsconfig.json',
      plugin: ['typedoc-plugin-markdown'],
      out: resolve(folder),
      name: 'overlay-render',
      outputFileStrategy: 'modules',
      readme: 'none',
      disableSources: true,
      excludeInternal: true,
      validation: { notDocumented: true, invalidLink: true, notExported: false },
      treatValidationWarningsAsErrors: true,
    }
    writeFileSync(join(project, 'typedoc.json'), JSON.stringify(options))
    await execa('npx', ['typedoc'], { cwd: project, all: true })
  } finally {
    rmSync(project, { recursive: true })
  }
}

/** A file a package, named after it, that gives what the package gives. */
function writeEntries(project) {
  const folder = join(project, 'entries')
  mkdirSync(folder)
  return readdirSync(join(root, 'packages')).map((name) => {
    const file = join(folder, `${name === 'cli' ? 'overlay-render' : name}.ts`)
    const source = join(root, 'packages', name, 'src/index.ts')
    writeFileSync(file, `export * from ${JSON.stringify(source)}\n`)
    return file
  })
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const folder = argv[2] ?? join(root, 'docs/api')
  await writeApi(folder)
  stdout.write(`${folder}\n`)
}
