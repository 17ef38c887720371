// Loads the chunks of the bundle with compiled code that an earlier run of the same command kept: on a short run, compiling
// takes as long as the work. Node's own compile cache came with version 22, and keeps no function that is compiled late.
const { readFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { join } = require('node:path')
const { Script } = require('node:vm')

const { CompiledCode } = require('./compiled-code.js')
const { withoutTuning } = require('./engine-flags.js')

const START = '(function (exports, require, module, __filename, __dirname) { '

/** The chunk that has a real `import()`, of WebAssembly: it is small, needs no other chunk, and Node itself loads it. */
const IMPORTING = 'template-worker-'

/**
 * The exports of the bundle's entry.
 *
 * @param folder absolute, of the bundle; names of chunks hold a digest of their content
 * @param command the word that chooses what is run, and so what is compiled
 */
exports.loadBundle = function loadBundle(folder, command) {
  const entry = join(folder, 'main.cjs')
  const compiled = new CompiledCode(entry, command)
  const outside = createRequire(entry)
  const modules = new Map()
  const load = (name) => {
    const known = modules.get(name)
    if (known !== undefined) return known.exports
    if (name.startsWith(IMPORTING)) return outside(`./${name}`)
    return withoutTuning(() => loadChunk(name))
  }
  const loadChunk = (name) => {
    const module = { exports: {} }
    modules.set(name, module)
    const filename = join(folder, name)
    const script = new Script(`${START}${readFileSync(filename, 'utf8')}\n})`, {
      filename,
      columnOffset: -START.length,
      cachedData: compiled.of(name),
    })
    compiled.add(name, script)
    const requireFrom = (request) => (request.startsWith('./') ? load(request.slice(2)) : outside(request))
    script.runInThisContext().call(module.exports, module.exports, requireFrom, module, filename, folder)
    return module.exports
  }
  return load('main.cjs')
}
