// Writes the library reference from the doc comments, one page per package: `node scripts/write-api.js
// [FOLDER]`. FOLDER defaults to docs/api. git ignores the pages: they are 20,000 lines that repeat the
// sources.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { argv, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'

import { execa } from 'execa'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** typedoc needs the compiler API of TypeScript 6. Version 7, which this repository uses, has no such API yet. */
const TOOLS = ['typedoc@0.28', 'typedoc-plugin-markdown@4', 'typescript@6.0']

/**
 * Writes the pages into `folder`.
 *
 * @throws Error when an exported name has no doc comment, or a comment links to an unknown name
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

/** Writes one entry file per package, named after it, that re-exports the package. */
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
