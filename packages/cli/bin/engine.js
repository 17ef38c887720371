// What is asked of V8 and zlib. On Node 20, `node:v8` and `node:zlib` load Node's streams, which takes 3 ms of a short run; the
// bindings below them take none. That version changes no more, and newer ones give the public modules.
const isNode20 = process.versions.node.startsWith('20.')

function moduleOf(name) {
  const { noDeprecation } = process
  try {
    process.noDeprecation = true
    if (isNode20) return process.binding(name)
  } catch {
    // Node's permission model refuses bindings.
  } finally {
    process.noDeprecation = noDeprecation
  }
  return require(`node:${name}`)
}

// A run is short. Node 20 optimises hot functions early and on the main thread, which such a run pays for and never
// gains from; the cost for minutes of work is a few per cent.
const BUDGET = '--interrupt-budget='
const FOR_SHORT_RUNS = 1_000_000
/** What V8 11.3 has, which is that of Node 20. */
const DEFAULT = 67_584

const setFlag = isNode20 ? moduleOf('v8').setFlagsFromString : undefined
let depth = 0

/**
 * Runs `work`, which loads code, with the flags that the process started with, and what comes after it with those for a short run.
 * V8 takes compiled code (ours, and that of Node's own modules) only with the flags that it was compiled with, and Node's was compiled
 * with none.
 */
exports.withoutTuning = (work) => {
  if (setFlag === undefined || depth > 0) return work()
  depth++
  setFlag(BUDGET + DEFAULT)
  try {
    return work()
  } finally {
    depth--
    setFlag(BUDGET + FOR_SHORT_RUNS)
  }
}

/** The checksum of bytes: a number. */
exports.checksum = (bytes) => moduleOf('zlib').crc32(bytes, 0)
