// Loads the chunks of the bundle with compiled code that an earlier run of the same command kept: on a short run, compiling
// takes as long as the work. Node's own compile cache came with version 22, and keeps no function that is compiled late.
// Chunks are asked for by `require`; the one `import()` that is left, of WebAssembly, is run by a worker, which Node itself loads.
const { readFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { join } = require('node:path')
const { Script } = require('node:vm')

const { CompiledCode } = require('./compiled-code.js')

const START = '(function (exports, require, module, __filename, __dirname) { '

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
