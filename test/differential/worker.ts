import { parentPort } from 'node:worker_threads'

import { runOurs } from '../conformance/run-ours.ts'
import type { Case } from '../vectors/cases/case.ts'

/** Answers each case with our verdict; an error that is no fault of the input is a verdict of its own. */
parentPort?.on('message', (item: Case) => {
  try {
    parentPort?.postMessage(runOurs(item), [])
  } catch (error) {
    parentPort?.postMessage(
      { output: '', error: `crash: ${error instanceof Error ? error.stack : String(error)}` },
      [],
    )
  }
})
