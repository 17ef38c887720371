import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GoValue, goVariables } from './go-literals.ts'
import { YQ_LIBRARY } from './yq-sources.ts'

/** One of yq's own test cases of the language. */
export interface Scenario {
  /** Its list and its index there. */
  readonly name: string
  readonly expression: string
  readonly documents: readonly string[]
  readonly expected: readonly string[]
  readonly expectedError: string
  readonly environment: Readonly<Record<string, string>>
  readonly mergeToSpecification: boolean
  readonly isSecured: boolean
}

/** Settings of yq's tests for a whole list of scenarios. */
interface ListSettings {
  /** The values of `--yaml-fix-merge-anchor-to-spec` with which the list runs. */
  readonly mergeToSpecification?: readonly boolean[]
  /** Whether reading the environment and files is disabled. */
  readonly isSecured?: boolean
  /** Why the list cannot run here. */
  readonly isSkipped?: string
}

const LIST_SETTINGS: Readonly<Record<string, ListSettings>> = {
  anchorOperatorScenarios: { mergeToSpecification: [false, true] },
  fixedAnchorOperatorScenarios: { mergeToSpecification: [true] },
  fixedTraversePathOperatorScenarios: { mergeToSpecification: [true] },
  envOperatorSecurityDisabledScenarios: { isSecured: true },
  loadOperatorSecurityDisabledScenarios: { isSecured: true },
  systemOperatorDisabledScenarios: { isSecured: true },
  systemOperatorEnabledScenarios: { isSkipped: 'runs programs' },
}

/** All scenarios of the operators. Those whose expectation is computed by Go code are left out. */
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
  const { mergeToSpecification = [false], isSecured = false, isSkipped } = LIST_SETTINGS[list] ?? {}
  const expected = value['expected'] ?? []
  const isEmpty = text('expression') === '' && text('document') === ''
  if (isEmpty || isSkipped !== undefined || !Array.isArray(expected) || expected.includes(undefined))
    return []
  return mergeToSpecification.map((toSpecification) => ({
    name: `${list} ${index}: ${text('expression')}`,
    expression: text('expression'),
    documents: [text('document'), text('document2')].filter((document) => document !== ''),
    expected: expected.map(String),
    expectedError: text('expectedError'),
    environment: environmentOf(value['environmentVariables']),
    mergeToSpecification: toSpecification,
    isSecured,
  }))
}

function environmentOf(value: GoValue): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || Array.isArray(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]))
}
