import { describe, expect, test } from 'vitest'

import { applyV3Script, YqFault } from '../../src/index.ts'

/** Scripts that use one collection in several places and then change it, with the output of the real yq 3.4.1. */
const SHARED: readonly (readonly [string, string, string])[] = [
  [
    'a new key overwrites one that was added in another place',
    "- {command: update, path: '*', value: {x: 1, y: 2, z: 3}}\n- {command: update, path: a.n, value: 4}\n- {command: update, path: b.m, value: 5}\n",
    'a: {x: 1, y: 2, z: 3, m: 5}\nb: {x: 1, y: 2, z: 3, m: 5}\n',
  ],
  [
    'a full array is copied when it is extended',
    "- {command: update, path: '*', value: [1, 2]}\n- {command: update, path: 'a[+]', value: 3}\n- {command: update, path: 'a[0]', value: 9}\n",
    'a: [9, 2, 3]\nb: [9, 2]\n',
  ],
  [
    'removing an item moves the rest in every place',
    "- {command: update, path: '*', value: [0, 1, 2]}\n- {command: delete, path: 'a[0]'}\n",
    'a: [1, 2]\nb: [1, 2, 2]\n',
  ],
]

describe('one collection in several places', () => {
  test.each(SHARED)('%s', (_, script, output) => {
    expect(applyV3Script(script, 'a: 1\nb: 1\n').text).toBe(output)
  })

  test('is an error when more than 512 nodes are extended, because builds of yq 3.4.1 differ', () => {
    const list = (count: number): string =>
      `[${Array.from({ length: count }, (_, index) => index).join(', ')}]`
    const script = (count: number): string =>
      `- {command: update, path: '*', value: ${list(count)}}\n- {command: update, path: 'a[+]', value: x}\n`
    expect(applyV3Script(script(511), 'a: 1\nb: 1\n').text).toContain('510, x]')
    expect(applyV3Script(script(600), 'a: 1\n').text).toContain('599, x]')
    let fault: unknown
    try {
      applyV3Script(script(600), 'a: 1\nb: 1\n', { scriptName: 'script' })
    } catch (error) {
      fault = error
    }
    expect(fault).toBeInstanceOf(YqFault)
    expect(fault).toMatchObject({ code: 'unsupported', position: { file: 'script', line: 2 } })
  })
})
