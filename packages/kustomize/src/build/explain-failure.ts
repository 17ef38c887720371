import { KustomizeFault } from '../kustomize-fault.ts'
import { CAUSES } from './causes.ts'
import type { Explanation, Failure } from './failure.ts'
import { findInvalidInput } from './find-invalid-input.ts'
import { PANICS } from './panics.ts'

const MAX_VERBOSE_LENGTH = 20_000

/** Explains a failed build in one sentence: the innermost cause, with its position in the user's files if known. */
export function explainFailure(failure: Failure): KustomizeFault {
  const verbose = failure.said.slice(0, MAX_VERBOSE_LENGTH)
  const explanation = explain(failure)
  return new KustomizeFault({ ...explanation, verbose })
}

function explain(failure: Failure): Explanation {
  const { said, killedBy, overlay, version } = failure
  const panic = /^panic: ([^]*)/mu.exec(said)?.[1]
  if (panic !== undefined) {
    for (const cause of PANICS) {
      const match = cause.pattern.exec(panic)
      if (match !== null) return cause.explain(match, failure)
    }
    const [first = ''] = panic.split('\n')
    return { code: 'build-crashed', message: `kustomize ${version} crashed on ${overlay}: ${first}` }
  }
  if (killedBy !== undefined) {
    const message = `kustomize ${version} was killed by ${killedBy} while building ${overlay}`
    return { code: 'build-crashed', message, blame: 'program' }
  }
  const unfit = findInvalidInput(failure.inputs)
  if (unfit !== undefined) return unfit
  const text = withoutWarnings(said)
  for (const cause of CAUSES) {
    const match = cause.pattern.exec(text)
    if (match !== null) return cause.explain(match, failure)
  }
  return { code: 'build-failed', message: `kustomize cannot build ${overlay}: ${innermost(text)}` }
}

function withoutWarnings(said: string): string {
  return said
    .split('\n')
    .filter((line) => !/^# ?Warning|^\d{4}\/\d\d\/\d\d /u.test(line))
    .join('\n')
    .replace(/^[Ee]rror: /u, '')
    .trim()
}

const MAX_CAUSE_LENGTH = 400

/** The innermost message of kustomize's nested errors, on one line. */
function innermost(text: string): string {
  const last = text.split(/': |`: /u).at(-1) ?? text
  const line = (last.trim() === '' ? text : last).replace(/\s+/gu, ' ').trim()
  return line.length > MAX_CAUSE_LENGTH ? `${line.slice(0, MAX_CAUSE_LENGTH)}…` : line
}
