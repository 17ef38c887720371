import { readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { formatReport } from '../src/index.ts'
import { diffOf, document } from './support/manifests.ts'
import { schemaProblems } from './support/json-schema.ts'
import { largeDiff, sampleDiff } from './support/sample.ts'

const page = readFileSync(new URL('../../../docs/diff-format.md', import.meta.url), 'utf8')
const block = (name: string) => {
  const [, json = ''] = new RegExp(`\`\`\`json ${name}\\n([\\s\\S]*?)\`\`\``, 'u').exec(page) ?? []
  return JSON.parse(json)
}
const schema = block('schema')

describe('the documented schema of the json report', () => {
  test('holds for reports of every kind of change', () => {
    const report = formatReport(
      [
        { title: 'a', diff: sampleDiff(), acceptCommand: 'x' },
        { title: 'b', diff: largeDiff(3) },
        { title: 'c', diff: diffOf('', '') },
        { title: 'd', problem: 'no kustomize' },
      ],
      'json',
    )
    expect(schemaProblems(schema, JSON.parse(report))).toEqual([])
  })

  test('rejects unknown fields and values', () => {
    expect(schemaProblems(schema, { version: 2, comparisons: [], groups: [] })).toEqual([
      '$.version is not 1',
    ])
    expect(schemaProblems(schema, { version: 1, comparisons: [], groups: [], extra: 1 })).toEqual([
      '$.extra is not known',
    ])
  })

  test('holds for the documented example, which is a real report', () => {
    const example = block('example')
    expect(schemaProblems(schema, example)).toEqual([])
    const deployment = (image: string): string =>
      document(
        'Deployment',
        'deck',
        `spec: {template: {spec: {containers: [{name: deck, image: "${image}"}]}}}\n`,
        'apps/v1',
      )
    const diff = diffOf(deployment('deck:v1'), deployment('deck:v2'))
    const entry = {
      title: 'testing',
      diff: { ...diff, before: 'golden/testing.yaml', after: 'testing', unchanged: 134 },
      acceptCommand: 'overlay-render golden update testing',
    }
    expect(example).toEqual(JSON.parse(formatReport([entry], 'json')))
  })
})
