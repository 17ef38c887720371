// Bundles the command when a source is newer than the bundle. `pnpm render` runs this first, so that it never
// runs an outdated bundle. Without changes it only checks the modification times of the sources.
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { argv, exit, pid, stderr } from 'node:process'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bundle = join(root, 'packages/cli/dist/bundle/main.cjs')
const schemas = join(root, 'packages/render/schema')

/** The newest modification time, in milliseconds, of the files below `path`; 0 when `path` does not exist. */
function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return 0
  if (!stats.isDirectory()) return stats.mtimeMs
  // Include the folder's own time, because only that shows a deleted file.
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stats.mtimeMs)
}

function isStale() {
  const built = statSync(bundle, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const inputs = [
    ...readdirSync(join(root, 'packages')).flatMap((name) => [
      `packages/${name}/src`,
      `packages/${name}/package.json`,
      `packages/${name}/schema`,
    ]),
    'pnpm-lock.yaml',
    'rolldown.config.js',
    'scripts/build.js',
    'scripts/bundled-licences.js',
  ]
  return inputs.some((input) => newest(join(root, input)) > built)
}

/**
 * Builds `packages/cli/dist/bundle`. Does nothing when the bundle is newer than every source, unless `force`
 * is set.
 */
export async function build({ force }) {
  if (!force && !isStale()) return
  const { rolldown } = await import('rolldown')
  const { default: options } = await import('../rolldown.config.js')
  const { output, ...input } = options
  const bundler = await rolldown(input)
  const { output: files } = await bundler.generate(output)
  await bundler.close()
  place(dirname(bundle), files, force ? 0 : 10 * 60_000)
  for (const name of readdirSync(schemas))
    copyFileSync(join(schemas, name), join(root, 'packages/cli/dist', name))
}

/**
 * Chunk names contain a digest, so new chunks replace no old ones. The entry is renamed into place last, so a
 * command that starts during a build runs either the old bundle or the new one, never a mix.
 */
function place(folder, files, minAge) {
  mkdirSync(folder, { recursive: true })
  const names = new Set()
  for (const file of files.toSorted((a, b) => Number(a.isEntry ?? false) - Number(b.isEntry ?? false))) {
    names.add(file.fileName)
    const temporary = join(folder, `.${pid}-${file.fileName}`)
    writeFileSync(temporary, file.code ?? file.source)
    renameSync(temporary, join(folder, file.fileName))
  }
  const longAgo = Date.now() - minAge
  for (const name of readdirSync(folder)) {
    // A command that is already running can still load its old chunks.
    const written = statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? Infinity
    if (!names.has(name) && written < longAgo) rmSync(join(folder, name), { force: true })
  }
}

/** Reduces the bundler's error with code frames to one line: `[UNRESOLVED_IMPORT] Could not resolve … in …`. */
function reasonOf(error) {
  const lines = String(error?.message ?? error).split('\n')
  return lines.find((line) => line.startsWith('[')) ?? lines[0]
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build({ force: argv.includes('--force') })
  } catch (error) {
    const missing = error?.code === 'ERR_MODULE_NOT_FOUND'
    stderr.write(
      missing
        ? 'overlay-render cannot be built because its dependencies are not installed: run `npx -y pnpm@12 install` and read its first error.\n'
        : `overlay-render cannot be built: ${reasonOf(error)}\n`,
    )
    exit(3)
  }
}
