// Creates a folder that contains overlay-render and all its dependencies except Node, as installed from a
// registry: `node scripts/assemble.js FOLDER`. The image and the single-file program are built from it.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { argv, exit, stderr, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'

import { execa } from 'execa'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Packs every package into `folder`.
 *
 * @returns the names of the packages, with their tarballs
 */
export async function packAll(folder) {
  const run = (file, args, options) =>
    execa(file, args, { cwd: root, preferLocal: true, all: true, ...options })
  await run('tsc', ['-b', '--force'])
  await run('node', ['scripts/build.js', '--force'])
  mkdirSync(folder, { recursive: true })
  const packages = []
  for (const name of readdirSync(join(root, 'packages'))) {
    // Skip the scripts that run before packing: the build above did their work for all packages.
    const env = { npm_config_ignore_scripts: 'true' }
    const args = ['-y', 'pnpm@12', 'pack', '--json', '--pack-destination', folder]
    const { stdout: packed } = await run('npx', args, { cwd: join(root, 'packages', name), env })
    const { name: published, filename } = JSON.parse(packed)
    packages.push({ name: published, file: filename })
  }
  return packages
}

/** Installs the packages into `folder`. The command is then `node_modules/overlay-render/bin/overlay-render.js`. */
export async function assemble(folder, packages) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  const files = packages.map(({ file }) => file)
  const args = ['install', '--no-audit', '--no-fund', '--no-save', '--omit=dev', ...files]
  await execa('npm', args, { cwd: folder, all: true })
}

/** Packs all packages into a temporary folder and calls `use` with them. */
export async function withPackages(use) {
  const tarballs = mkdtempSync(join(tmpdir(), 'overlay-render-assemble-'))
  try {
    await use(await packAll(tarballs))
  } finally {
    rmSync(tarballs, { recursive: true })
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder] = argv
  if (folder === undefined) {
    stderr.write('usage: node scripts/assemble.js FOLDER\n')
    exit(2)
  }
  await withPackages((packages) => assemble(resolve(folder), packages))
  stdout.write(`${join(folder, 'node_modules/overlay-render/bin/overlay-render.js')}\n`)
}
