// Loads the chunks of the bundle with compiled code that an earlier run of the same command cached: in a short run, compiling takes
// as long as the work. Node's own compile cache came with version 22, and does not keep functions that are compiled lazily.
const { readFileSync } = require('node:fs')
const { join, sep } = require('node:path')
const { Script } = require('node:vm')

const { CompiledCode } = require('./compiled-code.js')
const { withoutTuning } = require('./engine.js')

const START = '(function (exports, require, module, __filename, __dirname) { '

/** Node's own modules that take milliseconds to load and that a run may not need. */
const SLOW = new Set([
  'node:child_process',
  'node:crypto',
  'node:fs/promises',
  'node:http',
  'node:https',
  'node:module',
  'node:net',
  'node:os',
  'node:readline',
  'node:readline/promises',
  'node:stream',
  'node:stream/promises',
  'node:timers/promises',
  'node:v8',
  'node:worker_threads',
  'node:zlib',
])

/** The exports of a module that is loaded on first use. */
function loadedLate(loadModule) {
  let loaded
  const load = () => (loaded ??= withoutTuning(loadModule))
  return new Proxy(
    {},
    {
      get: (_, key) => load()[key],
      has: (_, key) => key in load(),
      ownKeys: () => Reflect.ownKeys(load()),
      getPrototypeOf: () => Reflect.getPrototypeOf(load()),
      getOwnPropertyDescriptor: (_, key) => Object.getOwnPropertyDescriptor(load(), key),
    },
  )
}

/** The chunk with a real `import()`, of WebAssembly. It is small and needs no other chunk, so Node itself loads it. */
const IMPORTING = 'template-worker-'

/** The chunks of libraries that few runs use; see the groups in rolldown.config.js. */
const LATE = './late-'

/**
 * The exports of the bundle's entry.
 *
 * @param folder the absolute path of the bundle; names of chunks hold a digest of their content
 * @param command the name of the command, which decides what is compiled
 */
exports.loadBundle = function loadBundle(folder, command) {
  const entry = join(folder, 'main.cjs')
  const compiled = new CompiledCode(entry, command)
  const modules = new Map()
  const load = (name) => {
    const known = modules.get(name)
    if (known !== undefined) return known.exports
    if (name.startsWith(IMPORTING)) return require(join(folder, name))
    return withoutTuning(() => loadChunk(name))
  }
  const loadChunk = (name) => {
    const module = { exports: {} }
    modules.set(name, module)
    // join() is slow for 50 names.
    const filename = folder + sep + name
    const kept = compiled.of(name)
    const text = kept?.text.toString() ?? `${START}${readFileSync(filename, 'utf8')}\n})`
    const script = new Script(text, { filename, columnOffset: -START.length, cachedData: kept?.code })
    compiled.add(name, script, text)
    const requireFrom = (request) => {
      if (request.startsWith(LATE)) return loadedLate(() => load(request.slice(2)))
      if (request.startsWith('./')) return load(request.slice(2))
      return SLOW.has(request) ? loadedLate(() => require(request)) : require(request)
    }
    script.runInThisContext().call(module.exports, module.exports, requireFrom, module, filename, folder)
    return module.exports
  }
  return load('main.cjs')
}
