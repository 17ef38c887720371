import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/compile.ts'
import { YqFault } from '../../src/errors.ts'
import type { Capabilities } from '../../src/evaluator/context.ts'
import { printResults } from '../../src/printer/print.ts'
import { readDocuments } from '../../src/reader/read.ts'
import { type ManualExample, manualExamples, readCommandLine } from './manual-examples.ts'
import { hasYqSources, YQ_LIBRARY } from './yq-sources.ts'

/** Random order, the current time and programs cannot be compared. */
const SKIPPED = /^yq --security-enable-system-operator|\bshuffle\b|\bnow\b/

const examples = hasYqSources ? manualExamples() : []

describe.skipIf(!hasYqSources)(
  "yq's manual (skipped: needs the sources of yq 4.53.6 in Go's module cache)",
  () => {
    const comparable = examples.filter(({ command }) => !SKIPPED.test(command))

    test('all examples of the manual are found', () => {
      expect(comparable.length).toBeGreaterThan(400)
    })

    test.each(comparable.map((example) => [`${example.page}: ${example.title}`, example] as const))(
      '%s',
      (_, example) => {
        expect(run(example)).toBe(example.output)
      },
    )
  },
)

function run({ files, command, title }: ManualExample): string {
  const { environment, words } = readCommandLine(command)
  const [, ...parameters] = words
  const together = parameters.includes('eval-all')
  const names = new Set(files.map(({ name }) => name))
  const expression = parameters.find(
    (word) => !word.startsWith('-') && word !== 'eval-all' && !names.has(word),
  )
  const documents = files.flatMap(({ name, text }, fileIndex) =>
    readDocuments(text, { fileName: name, fileIndex }),
  )
  const capabilities: Capabilities = {
    environment: (name) => environment[name],
    readFile: (path) => readFileSync(resolve(YQ_LIBRARY, path)),
  }
  try {
    const results = compile(expression ?? '').run(documents, {
      mode: together ? 'together' : 'each',
      // The manual leaves the flag out of these commands.
      settings: { mergeToSpecification: /^FIXED|inline merge anchor/.test(title) },
      capabilities: title.includes('security is enabled') ? {} : capabilities,
    })
    return printResults(results)
  } catch (error) {
    if (error instanceof YqFault) return `Error: ${error.yqMessage}\n`
    throw error
  }
}
