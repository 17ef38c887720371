const { setFlagsFromString } = require('node:v8')

// A run is short. Node 20 optimises hot functions early and on the main thread, which such a run pays for and never
// gains from; the cost for minutes of work is a few per cent.
const BUDGET = '--interrupt-budget='
const FOR_SHORT_RUNS = 1_000_000
/** What V8 11.3 has, which is that of Node 20. */
const DEFAULT = 67_584

const isTuned = process.versions.node.startsWith('20.')
let depth = 0

exports.tuneEngine = () => {
  if (isTuned) setFlagsFromString(BUDGET + FOR_SHORT_RUNS)
}

/**
 * Runs `work` with the flags that the process started with. V8 takes compiled code (ours, and that of Node's own modules) only with the
 * flags that it was compiled with, and Node's was compiled with none.
 */
exports.withoutTuning = (work) => {
  if (!isTuned || depth > 0) return work()
  depth++
  setFlagsFromString(BUDGET + DEFAULT)
  try {
    return work()
  } finally {
    depth--
    exports.tuneEngine()
  }
}
