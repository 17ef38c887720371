import { evaluate } from '@overlay-render/yq'
import { expect, test } from 'vitest'

import { runExpression } from '../src/run-expression.ts'

test('an expression that is stopped is reported with its position, and the next ones run', () => {
  const position = { file: 'a.yaml', line: 2, column: 3 }
  const busy = (): string =>
    evaluate(`[${Array(400).fill(1).join(',')}] as $l | [$l[] as $a | $l[] as $b | $l[] as $c | $a]`, '')
  expect(() => runExpression({ subject: 'the edit of a.yaml', position }, busy, 20)).toThrow(
    'a.yaml:2:3: the edit of a.yaml took longer than 0.02 seconds and was stopped',
  )
  for (let run = 0; run < 3; run++) {
    expect(runExpression({ subject: 'x' }, () => evaluate('.a + 1', 'a: 1\n'))).toBe('2\n')
  }
})
