// Builds one executable from overlay-render and the current Node: `node scripts/single-file/build.js FILE`.
// It has no requirements on the machine that runs it. It is a Node "single executable application", so there
// is no second runtime that could behave differently.
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { argv, execPath, exit, stderr, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'

import { execa } from 'execa'

import { assemble, withPackages } from '../assemble.js'

/**
 * The marker by which `postject` finds where Node expects the blob:
 * https://nodejs.org/api/single-executable-applications.html
 */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

/** Files that only developers who use the library need. */
const UNUSED = /\.(?:map|ts|md)$|\/src\//u

const START = "import('./node_modules/overlay-render/bin/overlay-render.js')\n"

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (entry.isFile()) yield path
  }
}

/** Packs a folder into the archive format that main.cjs reads. */
function archiveOf(folder) {
  const paths = [...filesBelow(folder)].filter((path) => !UNUSED.test(path)).toSorted()
  const files = paths.map((path) => ({
    name: relative(folder, path),
    mode: statSync(path).mode & 0o777,
    bytes: readFileSync(path),
  }))
  const index = JSON.stringify(files.map(({ name, mode, bytes }) => ({ name, size: bytes.length, mode })))
  return Buffer.concat([Buffer.from(`${index}\n`), ...files.map(({ bytes }) => bytes)])
}

/** Builds the executable from packed packages. */
export async function buildSingleFile(target, packages) {
  const folder = mkdtempSync(join(tmpdir(), 'overlay-render-single-'))
  try {
    const app = join(folder, 'app')
    await assemble(app, packages)
    writeFileSync(join(app, 'start.cjs'), START)
    const archive = archiveOf(app)
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 } }
    writeFileSync(join(folder, 'files'), brotliCompressSync(archive, quality))
    writeFileSync(join(folder, 'digest'), createHash('sha256').update(archive).digest('hex').slice(0, 32))
    const config = {
      main: fileURLToPath(new URL('main.cjs', import.meta.url)),
      output: join(folder, 'blob'),
      disableExperimentalSEAWarning: true,
      assets: { files: join(folder, 'files'), digest: join(folder, 'digest') },
    }
    writeFileSync(join(folder, 'sea.json'), JSON.stringify(config))
    await execa(execPath, ['--experimental-sea-config', join(folder, 'sea.json')], { all: true })
    copyFileSync(execPath, join(folder, 'program'))
    chmodSync(join(folder, 'program'), 0o755)
    const inject = [join(folder, 'program'), 'NODE_SEA_BLOB', config.output, '--sentinel-fuse', FUSE]
    await execa('npx', ['-y', 'postject@1.0.0-alpha.6', ...inject], { all: true })
    copyFileSync(join(folder, 'program'), target)
    chmodSync(target, 0o755)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const [, , target] = argv
  if (target === undefined) {
    stderr.write('usage: node scripts/single-file/build.js FILE\n')
    exit(2)
  }
  await withPackages((packages) => buildSingleFile(resolve(target), packages))
  stdout.write(`${target}: ${Math.round(statSync(target).size / 1024 / 1024)} MiB\n`)
}
