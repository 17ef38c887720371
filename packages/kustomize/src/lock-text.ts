import { findTextProblem } from '@overlay-render/system'

import { KustomizeFault } from './kustomize-fault.ts'

/**
 * Refuses the text of a lock that a merge left its conflict markers in, or that holds a NUL: nothing that overlay-render
 * writes has either.
 *
 * @param shown the path as messages should show it
 * @throws KustomizeFault `lock-invalid`
 */
export function refuseUnfitLock(text: string, shown: string): void {
  const unfit = findTextProblem(Buffer.from(text))
  if (unfit === undefined) return
  const { problem, line, column } = unfit
  throw new KustomizeFault({
    code: 'lock-invalid',
    message: `${shown} ${problem}`,
    position: { file: shown, line, column },
    source: text,
    hint: 'keep one side whole, or restore it from git; do not accept a digest that you do not know',
  })
}
