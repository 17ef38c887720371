import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GoValue, goVariables } from './go-literals.ts'
import { YQ_LIBRARY } from './yq-sources.ts'

/** One of yq's own test cases of the language. */
export interface Scenario {
  /** The list it stands in, and its place there. */
  readonly name: string
  readonly expression: string
  readonly documents: readonly string[]
  readonly expected: readonly string[]
  readonly expectedError: string
  readonly environment: Readonly<Record<string, string>>
  readonly mergeToSpecification: boolean
}

/** What yq's tests set for a whole list of scenarios. */
const LIST_SETTINGS: Readonly<Record<string, boolean>> = {
  fixedAnchorOperatorScenarios: true,
  fixedTraversePathOperatorScenarios: true,
}

/** All scenarios of the operators. Lists for other formats, and those that switch capabilities, are not among them. */
export function operatorScenarios(): Scenario[] {
  const files = readdirSync(YQ_LIBRARY).filter((name) => name.endsWith('_test.go'))
  const sources = files.map((name) => readFileSync(join(YQ_LIBRARY, name), 'utf8'))
  return goVariables(sources)
    .filter(({ type }) => type === '[]expressionScenario')
    .flatMap(({ name, value }) =>
      Array.isArray(value) ? value.flatMap((entry, index) => readScenario(name, index, entry)) : [],
    )
}

function readScenario(list: string, index: number, value: GoValue): Scenario[] {
  if (typeof value !== 'object' || Array.isArray(value)) return []
  const text = (field: string): string => {
    const given = value[field]
    return typeof given === 'string' ? given : ''
  }
  const expected = value['expected']
  const environment = value['environmentVariables']
  return [
    {
      name: `${list} ${index}: ${text('expression')}`,
      expression: text('expression'),
      documents: [text('document'), text('document2')].filter((document) => document !== ''),
      expected: Array.isArray(expected) ? expected.map(String) : [],
      expectedError: text('expectedError'),
      environment: typeof environment === 'object' ? Object.fromEntries(Object.entries(environment).map(([key, entry]) => [key, String(entry)])) : {},
      mergeToSpecification: LIST_SETTINGS[list] ?? false,
    },
  ]
}
