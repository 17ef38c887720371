import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/compile.ts'
import { YqFault } from '../../src/errors.ts'
import { FORMATS } from '../../src/formats/formats.ts'
import type { Format } from '../../src/formats/format.ts'
import { DEFAULT_PREFERENCES, type FormatPreferences } from '../../src/formats/preferences.ts'
import { readInput } from '../../src/formats/read-input.ts'
import { ResultWriter } from '../../src/formats/result-writer.ts'
import { goVariables } from '../conformance/go-literals.ts'
import { hasYqSources, YQ_LIBRARY } from '../conformance/yq-sources.ts'

/** How yq's tests run the scenarios of one type: input and output format, and settings. */
interface Way {
  readonly from: keyof typeof FORMATS
  readonly to: keyof typeof FORMATS
  /** Indent of the output; that of the scenario when absent. */
  readonly indent?: number
  readonly unwrapScalar?: boolean
  readonly preferences?: Partial<FormatPreferences>
}

const { csv, xml, properties, ini } = DEFAULT_PREFERENCES

const WAYS: Readonly<Record<string, Readonly<Record<string, Way>>>> = {
  jsonScenarios: {
    encode: { from: 'yaml', to: 'json', unwrapScalar: false },
    decode: { from: 'json', to: 'json', unwrapScalar: false },
    'decode-error': { from: 'json', to: 'json', unwrapScalar: false },
    'decode-ndjson': { from: 'json', to: 'yaml', indent: 2 },
    'roundtrip-ndjson': { from: 'json', to: 'json', unwrapScalar: false },
    'roundtrip-multi': { from: 'json', to: 'json', indent: 2, unwrapScalar: false },
  },
  csvScenarios: {
    'encode-csv': { from: 'yaml', to: 'csv' },
    'encode-tsv': { from: 'yaml', to: 'tsv' },
    'decode-csv': { from: 'csv', to: 'yaml', indent: 2 },
    'decode-csv-no-auto': {
      from: 'csv',
      to: 'yaml',
      indent: 2,
      preferences: { csv: { ...csv, autoParse: false } },
    },
    'decode-tsv-object': { from: 'tsv', to: 'yaml', indent: 2 },
    'roundtrip-csv': { from: 'csv', to: 'csv' },
  },
  xmlScenarios: {
    '': { from: 'xml', to: 'yaml', indent: 4 },
    decode: { from: 'xml', to: 'yaml', indent: 4 },
    'decode-error': { from: 'xml', to: 'yaml', indent: 2 },
    'decode-keep-ns': { from: 'xml', to: 'yaml', indent: 2 },
    'decode-raw-token': { from: 'xml', to: 'yaml', indent: 2 },
    'decode-raw-token-off': {
      from: 'xml',
      to: 'yaml',
      indent: 2,
      preferences: { xml: { ...xml, rawToken: false } },
    },
    encode: { from: 'yaml', to: 'xml', indent: 2 },
    'encode-error': { from: 'yaml', to: 'xml', indent: 2 },
    roundtrip: { from: 'xml', to: 'xml', indent: 2 },
    'roundtrip-skip-directives': {
      from: 'xml',
      to: 'xml',
      indent: 2,
      preferences: { xml: { ...xml, skipDirectives: true } },
    },
  },
  propertyScenarios: {
    '': { from: 'yaml', to: 'props' },
    decode: { from: 'props', to: 'yaml', indent: 2 },
    'decode-array-brackets': {
      from: 'props',
      to: 'yaml',
      indent: 2,
      preferences: { properties: { ...properties, arrayBrackets: true } },
    },
    'encode-array-brackets': {
      from: 'yaml',
      to: 'props',
      preferences: { properties: { ...properties, arrayBrackets: true } },
    },
    'encode-custom-separator': {
      from: 'yaml',
      to: 'props',
      preferences: { properties: { ...properties, separator: ' :@ ' } },
    },
    'encode-wrapped': { from: 'yaml', to: 'props', unwrapScalar: false },
    roundtrip: { from: 'props', to: 'props' },
  },
  base64Scenarios: {
    '': { from: 'base64', to: 'yaml', indent: 4 },
    decode: { from: 'base64', to: 'yaml', indent: 4 },
    encode: { from: 'yaml', to: 'base64' },
    'encode-error': { from: 'yaml', to: 'base64' },
    roundtrip: { from: 'base64', to: 'base64' },
  },
  tomlScenarios: {
    '': { from: 'toml', to: 'yaml', indent: 2 },
    decode: { from: 'toml', to: 'yaml', indent: 2 },
    'decode-error': { from: 'toml', to: 'yaml' },
    roundtrip: { from: 'toml', to: 'toml' },
    encode: { from: 'yaml', to: 'toml' },
    'encode-json': { from: 'json', to: 'toml' },
  },
  iniScenarios: {
    decode: { from: 'ini', to: 'yaml', indent: 2 },
    'decode-error': { from: 'ini', to: 'ini' },
    roundtrip: { from: 'ini', to: 'ini' },
    encode: { from: 'yaml', to: 'ini' },
  },
  iniPreserveQuotesScenarios: {
    roundtrip: { from: 'ini', to: 'ini', preferences: { ini: { ...ini, preserveQuotes: true } } },
  },
  shellVariablesScenarios: {
    '': { from: 'yaml', to: 'shell', unwrapScalar: false },
    'shell-separator': {
      from: 'yaml',
      to: 'shell',
      unwrapScalar: false,
      preferences: { shellSeparator: '__' },
    },
  },
}

interface Scenario {
  readonly title: string
  readonly way: Way
  readonly input: string
  readonly expression: string
  readonly expected: string
}

function readScenarios(): Scenario[] {
  const files = readdirSync(YQ_LIBRARY).filter((name) => name.endsWith('_test.go'))
  const variables = goVariables(files.map((name) => readFileSync(join(YQ_LIBRARY, name), 'utf8')))
  return variables.flatMap(({ name, value }) => {
    const ways = WAYS[name]
    if (ways === undefined || !Array.isArray(value)) return []
    return value.flatMap((entry, index) => {
      if (typeof entry !== 'object' || Array.isArray(entry)) return []
      const text = (field: string): string => String(entry[field] ?? '')
      const way = ways[text('scenarioType')]
      const title = `${name} ${index}: ${text('scenarioType')} ${text('description')}`
      if (way === undefined) throw new Error(`${title}: nothing is known of this type`)
      return {
        title,
        way: { ...way, indent: way.indent ?? Number(entry['indent'] ?? 0) },
        input: text('input'),
        expression: text('expression'),
        expected: text('expectedError') || text('expected'),
      }
    })
  })
}

/** Reads all documents, evaluates them together and prints the results, like yq's tests of formats. */
function run({ way, input, expression }: Scenario): string {
  const preferences = { ...DEFAULT_PREFERENCES, ...way.preferences }
  const { makeEncoder }: Format = FORMATS[way.to]
  const encoder = makeEncoder?.({
    indent: way.indent ?? 2,
    unwrapScalar: way.unwrapScalar ?? true,
    preferences,
  })
  if (encoder === undefined) throw new Error(`${way.to} cannot be printed`)
  let output = ''
  const writer = new ResultWriter({ encoder, mergeToSpecification: false, write: (text) => (output += text) })
  const source = { fileName: 'sample.yml', fileIndex: 0, headerPreprocess: true }
  try {
    // Unlike the command, yq's tests evaluate nothing without a document.
    const documents = [...readInput(FORMATS[way.from], Buffer.from(input), source, preferences)]
    if (documents.length === 0) return ''
    writer.print(compile(expression).run(documents, { mode: 'together', settings: { formats: preferences } }))
    return output
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    return error.yqMessage
  }
}

const scenarios = hasYqSources ? readScenarios() : []

describe.skipIf(!hasYqSources)(
  "yq's own tests of formats (skipped: needs the sources of yq 4.53.6 in Go's module cache)",
  () => {
    test('are all found', () => {
      expect(scenarios.length).toBeGreaterThan(140)
    })

    test.each(scenarios.map((scenario) => [scenario.title, scenario] as const))('%s', (_, scenario) => {
      expect(run(scenario)).toBe(scenario.expected)
    })
  },
)
