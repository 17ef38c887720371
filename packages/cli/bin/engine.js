// The parts of V8 and zlib that are used here. On Node 20, `node:v8` and `node:zlib` load Node's streams, which takes 3 ms of a
// short run; the bindings below them take none. Node 20 no longer changes, and newer versions use the public modules.
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

// Node 20 optimises hot functions early and on the main thread. A short run pays for that and gains nothing, so it is delayed; a
// run of minutes loses a few per cent.
const BUDGET = '--interrupt-budget='
const FOR_SHORT_RUNS = 1_000_000
/** The default of V8 11.3, which is in Node 20. */
const DEFAULT = 67_584

const setFlag = isNode20 ? moduleOf('v8').setFlagsFromString : undefined
let depth = 0

/**
 * Runs `work`, which loads code, with the original flags, and everything after it with the flags for a short run. V8 accepts
 * compiled code (ours and that of Node's own modules) only with the flags that it was compiled with; Node's was compiled without
 * any.
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

/** The CRC-32 of bytes. */
exports.checksum = (bytes) => moduleOf('zlib').crc32(bytes, 0)
