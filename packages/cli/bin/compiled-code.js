const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs')
const { dirname, isAbsolute, join } = require('node:path')

const { checksum, withoutTuning } = require('./engine.js')

/** Most files to keep: one for each command, for some builds of the bundle and versions of Node. */
const MAX_FILES = 64

/**
 * The compiled code and the text of the chunks of one command, in one file in the user's cache: opening 50 files takes longer than
 * reading one. Its first line has the checksum of the rest (V8 does not verify what it is given, and damaged code crashes the process)
 * and the list of `[chunk, bytes of code, bytes of text]`.
 */
exports.CompiledCode = class CompiledCode {
  #file
  #kept = new Map()
  #scripts = new Map()

  /**
   * @param entry a file that is rewritten whenever the chunks change
   * @param command the name of the command; all unknown names share a file
   */
  constructor(entry, command = '') {
    if (process.env.NODE_DISABLE_COMPILE_CACHE) return
    try {
      const word = /^[a-z]{1,16}$/u.test(command) ? command : 'other'
      const build = Math.round(statSync(entry).mtimeMs).toString(36)
      const folder = cacheFolder()
      if (!isTrusted(folder)) return
      this.#file = join(folder, `${word}-${process.version}-${process.arch}-${build}`)
      this.#kept = readKept(this.#file)
    } catch {
      // There is no file yet, or it is damaged: a new one is written at exit.
    }
    process.once('exit', (status) => this.#write(status))
  }

  /** The `code` and the `text` of a chunk, if an earlier run kept them. */
  of(chunk) {
    return this.#kept.get(chunk)
  }

  add(chunk, script, text) {
    this.#scripts.set(chunk, { script, text })
  }

  /** Writes the file if something was compiled. At exit, so that the functions that were called are compiled, too. */
  #write(status) {
    if (this.#file === undefined || status > 1) return
    const isKnown = ([chunk, { script }]) => this.#kept.has(chunk) && script.cachedDataRejected === false
    const scripts = [...this.#scripts]
    if (scripts.every(isKnown)) return
    try {
      const data = withoutTuning(() =>
        scripts.map(([chunk, { script, text }]) => [chunk, script.createCachedData(), Buffer.from(text)]),
      )
      const body = Buffer.concat(data.flatMap(([, code, text]) => [code, text]))
      const index = JSON.stringify(data.map(([chunk, code, text]) => [chunk, code.length, text.length]))
      writeKept(this.#file, Buffer.concat([Buffer.from(`${checksum(body).toString(36)} ${index}\n`), body]))
    } catch {
      // Without a cache the next run compiles again.
    }
  }
}

function cacheFolder() {
  const named = process.env.XDG_CACHE_HOME ?? ''
  // A relative path must be ignored: https://specifications.freedesktop.org/basedir-spec
  // Node loads `node:os` at the first use, in 0.2 ms, which runs with XDG_CACHE_HOME need not wait for.
  const cache = isAbsolute(named) ? named : join(require('node:os').homedir(), '.cache')
  return join(cache, 'overlay-render/compiled')
}

/**
 * Compiled code is executed. So no folder is used that others can write to, or that is inside a git work tree, where a pull request
 * can add files.
 */
function isTrusted(folder) {
  for (let above = folder; dirname(above) !== above; above = dirname(above)) {
    if (existsSync(join(above, '.git'))) return false
  }
  const stats = statSync(folder, { throwIfNoEntry: false })
  if (stats === undefined || process.getuid === undefined) return true
  return stats.uid === process.getuid() && (stats.mode & 0o022) === 0
}

function readKept(file) {
  const bytes = readFileSync(file)
  const line = bytes.toString('latin1', 0, bytes.indexOf('\n'))
  const space = line.indexOf(' ')
  const [sum, index] = [line.slice(0, space), line.slice(space)]
  const body = bytes.subarray(line.length + 1)
  const kept = new Map()
  if (checksum(body).toString(36) !== sum) return kept
  let at = 0
  const take = (size) => body.subarray(at, (at += size))
  for (const [chunk, code, text] of JSON.parse(index)) kept.set(chunk, { code: take(code), text: take(text) })
  return kept
}

/** Not with the option `recursive`: Node then never ends where a file system answers ENOENT, as /proc and automounted folders do. */
function makeFolders(folder) {
  const missing = []
  for (let at = folder; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.push(at)
  for (const path of missing.toReversed()) {
    try {
      mkdirSync(path, { mode: 0o700 })
    } catch (error) {
      // Another process has made it.
      if (error.code !== 'EEXIST') throw error
    }
  }
}

function writeKept(file, bytes) {
  const folder = join(file, '..')
  makeFolders(folder)
  const temporary = `${file}.${process.pid}`
  writeFileSync(temporary, bytes, { mode: 0o600 })
  renameSync(temporary, file)
  const age = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const files = readdirSync(folder)
    .map((name) => join(folder, name))
    .map((path) => ({ path, written: age(path) }))
  if (files.length <= MAX_FILES) return
  files.sort((a, b) => b.written - a.written)
  for (const { path } of files.slice(MAX_FILES / 2)) rmSync(path, { force: true })
}
