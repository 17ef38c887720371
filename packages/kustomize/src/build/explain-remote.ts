import { hideCredentials } from '../graph/hide-credentials.ts'
import type { Explanation, Failure } from './failure.ts'

/** What kustomize prints of a fetch that failed: of a file, of a clone, of a clone that took too long. */
const FAILED_FETCHES: readonly (readonly [RegExp, string])[] = [
  [/Get "[^"]*": ([^\n']*)/u, ''],
  [/git cmd = '[^']*': ([^\n']*)/u, 'git says '],
  [/(hit \S+ timeout) running '/u, 'git '],
  [/(no 'git' program on path)/u, ''],
]

/** The remote that could not be fetched, and why; undefined where the build names none. */
export function explainRemote({ said, inputs }: Failure): Explanation | undefined {
  const [remote] = inputs.graph.remotes.toSorted((a, b) => lastMention(said, b) - lastMention(said, a))
  if (remote === undefined) return undefined
  const reasons = FAILED_FETCHES.flatMap(([pattern, lead]) => {
    const reason = pattern.exec(said)?.[1]
    return reason === undefined ? [] : [`${lead}${reason}`]
  })
  return {
    code: 'network-failed',
    message: `"${hideCredentials(remote.written)}" could not be fetched: ${reasons.join('; ') || 'kustomize does not say why'}`,
    position: remote.position,
    hint: 'check the address and that it can be reached from here, or keep a copy in the tree and name that',
    blame: 'program',
  }
}

function lastMention(said: string, { written }: { readonly written: string }): number {
  return said.lastIndexOf(hideCredentials(written))
}
