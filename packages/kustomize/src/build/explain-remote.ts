import { hideCredentials } from '../graph/hide-credentials.ts'
import type { Explanation, Failure } from './failure.ts'

/** kustomize's messages for a failed fetch of a file, a failed clone, and a clone that timed out. */
const FAILED_FETCHES: readonly (readonly [RegExp, string])[] = [
  [/Get "[^"]*": ([^\n']*)/u, ''],
  [/git cmd = '[^']*': ([^\n']*)/u, 'git says '],
  [/(hit \S+ timeout) running '/u, 'git '],
  [/(no 'git' program on path)/u, ''],
]

/** The remote that could not be fetched, and why; undefined when the build has no remotes. */
export function explainRemote({ said, inputs }: Failure): Explanation | undefined {
  const [remote] = inputs.graph.remotes.toSorted((a, b) => lastMention(said, b) - lastMention(said, a))
  if (remote === undefined) return undefined
  const reasons = FAILED_FETCHES.flatMap(([pattern, lead]) => {
    const reason = pattern.exec(said)?.[1]
    return reason === undefined ? [] : [`${lead}${reason}`]
  })
  return {
    code: 'network-failed',
    message: `"${hideCredentials(remote.written)}" could not be fetched: ${reasons.join('; ') || 'kustomize gives no reason'}`,
    position: remote.position,
    hint: 'check the URL and the network, or vendor a copy with overlay-render vendor',
    blame: 'program',
  }
}

function lastMention(said: string, { written }: { readonly written: string }): number {
  return said.lastIndexOf(hideCredentials(written))
}
