import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/compile.ts'
import { YqFault } from '../../src/errors.ts'
import { printNode } from '../../src/printer/print.ts'
import { readDocuments } from '../../src/reader/read.ts'
import type { Node } from '../../src/tree/node.ts'
import { documentOf, pathOf } from '../../src/tree/path.ts'
import { operatorScenarios, type Scenario } from './scenarios.ts'
import { hasYqSources, YQ_LIBRARY } from './yq-sources.ts'

/** Scenarios whose result no other program can reproduce, and why. */
const NOT_COMPARABLE: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/\bshuffle\b/, 'the order comes from the random numbers of Go'],
]

const scenarios = hasYqSources ? operatorScenarios() : []
const reasonAgainst = ({ expression }: Scenario): string | undefined =>
  NOT_COMPARABLE.find(([pattern]) => pattern.test(expression))?.[1]

describe.skipIf(!hasYqSources)(
  "yq's own scenarios (skipped: needs the sources of yq 4.53.6 in Go's module cache)",
  () => {
    const comparable = scenarios.filter((scenario) => reasonAgainst(scenario) === undefined)

    test('all scenarios of this version are found, and nearly all are comparable', () => {
      expect(scenarios.length).toBeGreaterThan(1000)
      expect(comparable.length / scenarios.length).toBeGreaterThan(0.98)
    })

    test.each(comparable.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
      expect(run(scenario)).toEqual(
        scenario.expectedError === '' ? scenario.expected : scenario.expectedError,
      )
    })
  },
)

/** Runs a scenario like yq's test harness: all documents together, each result printed separately with indent 4. */
function run(scenario: Scenario): string[] | string {
  const names = ['sample.yml', 'another.yml']
  const documents = scenario.documents.flatMap((text, fileIndex) =>
    readDocuments(text, { fileName: names[fileIndex] ?? '', fileIndex }),
  )
  try {
    const results = compile(scenario.expression).run(documents, {
      mode: 'together',
      settings: { mergeToSpecification: scenario.mergeToSpecification },
      capabilities: scenario.isSecured
        ? {}
        : {
            environment: (name) => scenario.environment[name],
            readFile: (path) => readFileSync(resolve(YQ_LIBRARY, path)),
            now: () => new Date(Date.UTC(2021, 4, 19, 1, 2, 3)),
            timeZone: 'UTC',
          },
    })
    return results.map(describeResult)
  } catch (error) {
    if (error instanceof YqFault) return error.yqMessage
    throw error
  }
}

function describeResult(node: Node): string {
  const index = documentOf(node)?.index ?? 0
  const tag = node.kind === 'alias' ? 'alias' : node.tag
  return `D${index}, P[${pathOf(node).join(' ')}], (${tag})::${printNode(node, { indent: 4 })}`
}
