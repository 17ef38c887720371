import { findTextProblem } from '@overlay-render/system'

import { KustomizeFault } from './kustomize-fault.ts'

/**
 * Checks the text of a lock for conflict markers and NUL characters.
 *
 * @param shown the path in messages
 * @throws KustomizeFault `lock-invalid`
 */
export function checkLockText(text: string, shown: string): void {
  const found = findTextProblem(Buffer.from(text))
  if (found === undefined) return
  const { problem, line, column } = found
  throw new KustomizeFault({
    code: 'lock-invalid',
    message: `${shown} ${problem}`,
    position: { file: shown, line, column },
    source: text,
    hint: 'keep one side, or restore it from git; do not accept an unknown digest',
  })
}
