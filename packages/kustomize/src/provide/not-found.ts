import { KustomizeFault } from '../kustomize-fault.ts'
import type { Pin } from '../pin.ts'
import { platformName } from './official-digests.ts'

/** Why a candidate is not the pinned program. Completes the sentence "PATH …". */
export function whyRejected(
  identity:
    | { readonly outcome: 'missing' }
    | { readonly outcome: 'unusable'; readonly reason: string }
    | { readonly outcome: 'kustomize' | 'kubectl'; readonly version: string },
): string {
  if (identity.outcome === 'missing') return 'does not exist'
  return identity.outcome === 'unusable' ? identity.reason : `is ${identity.version}`
}

/** What was found out about the candidates. */
export interface Search {
  /** One line for each candidate: where it is, and why it is not the pinned program. */
  readonly tried: readonly string[]
  /** Whether one has the pinned version, and another digest than the lock. */
  readonly differs: boolean
  /** What to do when none has the pinned version. */
  readonly hint: string
}

/** The fault `digest-differs` or `pin-not-met`, with all candidates. */
export function notFoundFault({ program, version }: Pin, { tried, differs, hint }: Search): KustomizeFault {
  const details = tried.map((line) => `tried ${line}`)
  if (!differs) {
    const message = `${program} ${version} is pinned, but was not found`
    return new KustomizeFault({ code: 'pin-not-met', message, details, hint })
  }
  return new KustomizeFault({
    code: 'digest-differs',
    message: `no ${program} ${version} here matches the digest in overlay-render.lock for ${platformName()}`,
    details,
    hint: `use the ${program} of the lock, or remove the line from overlay-render.lock if the change is intended`,
  })
}
