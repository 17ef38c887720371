import { readDocuments } from '@overlay-render/yq'
import { describe, expect, test } from 'vitest'

import { type AssertedDocument, type Assertion, checkAssertions } from '../src/index.ts'

const PLACE = { file: 'overlay-render.yaml', line: 3, column: 5 }

function assertion(parts: Partial<Assertion>): Assertion {
  return {
    name: 'replicas',
    over: 'manifests',
    expression: '.spec.replicas > 1',
    message: 'run more than one',
    positions: { name: PLACE, where: PLACE, expression: PLACE },
    ...parts,
  }
}

function manifest(text: string): AssertedDocument {
  const [root] = readDocuments(text)
  if (root === undefined) throw new Error('no document')
  return {
    over: 'manifests',
    object: 'Deployment deck',
    root: () => root,
    positionOf: (path) => ({ file: `deck.yaml#${path.join('.')}`, line: 1, column: 1 }),
  }
}

describe('an assertion', () => {
  const one = manifest(
    'kind: Deployment\nspec: {replicas: 1, containers: [{name: a, image: x}, {name: b, image: x:1}]}\n',
  )

  test('is a finding where it is false, and none where it is true', () => {
    expect(checkAssertions([assertion({})], [one])).toEqual([
      {
        rule: 'assert/replicas',
        severity: 'error',
        message: 'Deployment deck: run more than one',
        object: 'Deployment deck',
        position: { file: 'deck.yaml#', line: 1, column: 1 },
      },
    ])
    expect(checkAssertions([assertion({ expression: '.spec.replicas == 1' })], [one])).toEqual([])
  })

  test('is checked where `where` is true, or for each node that `where` returns', () => {
    expect(checkAssertions([assertion({ where: '.kind == "Service"' })], [one])).toEqual([])
    const found = checkAssertions(
      [assertion({ where: '.spec.containers[]', expression: '.image | contains(":")' })],
      [one],
    )
    expect(found.map(({ object }) => object)).toEqual(['Deployment deck spec.containers.0'])
    expect(found[0]?.position?.file).toBe('deck.yaml#spec.containers.0')
  })

  test('over configs is not checked for manifests', () => {
    expect(checkAssertions([assertion({ over: 'configs' })], [one])).toEqual([])
  })

  test.each([
    ['.spec.replicas', 'returns another value'],
    ['.spec.containers[] | true', '2 values'],
    ['.spec.containers[] | select(.name == "z")', '0 values'],
    ['.spec[', 'cannot be evaluated'],
    ['load("/etc/passwd") == "x"', 'cannot be evaluated'],
    ['env(HOME) == "x"', 'cannot be evaluated'],
    ['system("id") == "x"', 'cannot be evaluated'],
    // It doubles a list forty times.
    [`[1] ${'| . * 1 as $x | [$x, $x] | flatten '.repeat(40)} | length > 1`, 'cannot be evaluated'],
  ])('%s is an error of the input', (expression, said) => {
    expect(() => checkAssertions([assertion({ expression })], [one])).toThrow(said)
  })
})
