// The main script inside the single-file program. It unpacks the files of overlay-render once into the cache of the user, in a
// folder named after their digest, and runs the command from there: workers, WebAssembly and the kustomize binary need files.
const { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { homedir } = require('node:os')
const { dirname, join } = require('node:path')
const { getAsset, getRawAsset } = require('node:sea')
const { brotliDecompressSync } = require('node:zlib')

/** All files in one: a line of JSON with their names, sizes and modes, then their bytes in that order. */
function unpack(archive, folder) {
  const end = archive.indexOf('\n')
  let at = end + 1
  for (const { name, size, mode } of JSON.parse(archive.subarray(0, end).toString('utf8'))) {
    const file = join(folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, archive.subarray(at, at + size), { mode })
    at += size
  }
}

/** The folder of the unpacked files. Whole or not there at all: it gets its name when everything is in it. */
function programFolder() {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'overlay-render')
  const folder = join(cache, `program-${getAsset('digest', 'utf8')}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true, mode: 0o700 })
  const temporary = mkdtempSync(join(cache, '.program-'))
  try {
    unpack(brotliDecompressSync(Buffer.from(getRawAsset('files'))), temporary)
    renameSync(temporary, folder)
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true })
    // Another run was faster.
    if (!existsSync(folder)) throw error
  }
  return folder
}

try {
  const folder = programFolder()
  // A script inside the program can import only what is built into Node; one on the disk can import anything.
  createRequire(join(folder, 'start.cjs'))('./start.cjs')
} catch (error) {
  process.stderr.write(`error: overlay-render cannot unpack itself: ${error.message}\n`)
  process.stderr.write('  hint: set XDG_CACHE_HOME to a folder that you can write to\n')
  process.exitCode = 3
}
