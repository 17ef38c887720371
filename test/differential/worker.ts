import { parentPort } from 'node:worker_threads'

import { isForLibrary, runOurCommand, runOurs } from '../conformance/run-ours.ts'
import type { Case } from '../vectors/cases/case.ts'

/** Answers each case with our verdict. An unexpected error becomes a verdict that starts with `crash:`. */
parentPort?.on('message', async (item: Case) => {
  try {
    parentPort?.postMessage(isForLibrary(item) ? runOurs(item) : await runOurCommand(item), [])
  } catch (error) {
    parentPort?.postMessage(
      { output: '', error: `crash: ${error instanceof Error ? error.stack : String(error)}` },
      [],
    )
  }
})
