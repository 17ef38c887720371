// The main script of the single-file program. On the first run it unpacks overlay-render into a folder of the user's
// cache that is named after the digest of the files. It runs the command from there, because workers, WebAssembly and
// the kustomize binary must be files.
const { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { homedir } = require('node:os')
const { dirname, join } = require('node:path')
const { getAsset, getRawAsset } = require('node:sea')
const { brotliDecompressSync } = require('node:zlib')

/** Unpacks an archive: one line of JSON with the names, sizes and modes of the files, then their bytes in the same order. */
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

/** Returns the folder of the unpacked files. A rename creates it, so it is never incomplete. */
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
    // Another process has unpacked the files in the meantime.
    if (!existsSync(folder)) throw error
  }
  return folder
}

try {
  const folder = programFolder()
  // A script inside the executable can import only built-in modules; a script on disk can import anything.
  createRequire(join(folder, 'start.cjs'))('./start.cjs')
} catch (error) {
  process.stderr.write(`error: overlay-render cannot unpack itself: ${error.message}\n`)
  process.stderr.write('  hint: set XDG_CACHE_HOME to a folder that you can write to\n')
  process.exitCode = 3
}
