import { readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { formatReport } from '../../packages/golden/src/index.ts'
import { diffOf, document } from '../../packages/golden/test/support/manifests.ts'
import { largeDiff, sampleDiff } from '../../packages/golden/test/support/sample.ts'
import { schemaProblems } from './json-schema.ts'
import { SCHEMAS } from './outputs.ts'

const page = readFileSync(new URL('../../docs/diff-format.md', import.meta.url), 'utf8')
const [, example = ''] = /```json example\n([\s\S]*?)```/u.exec(page) ?? []
const schema = SCHEMAS.get('diff') ?? {}

describe('the documented schema of the json report', () => {
  test('holds for reports of every kind of change', () => {
    const report = formatReport(
      [
        { title: 'a', diff: sampleDiff(), acceptCommand: 'x' },
        { title: 'b', diff: largeDiff(3) },
        { title: 'c', diff: diffOf('', '') },
        { title: 'd', problem: 'no kustomize' },
        { title: 'jobs', summary: '1 changed', text: '+ a\n' },
      ],
      'json',
    )
    expect(schemaProblems(schema, JSON.parse(report))).toEqual([])
  })

  test('rejects unknown fields and values', () => {
    expect(schemaProblems(schema, { version: 2, comparisons: [], groups: [] })).toEqual([
      '/version must be equal to constant: 1',
    ])
    expect(schemaProblems(schema, { version: 1, comparisons: [], groups: [], extra: 1 })).toEqual([
      '/ must NOT have additional properties: extra',
    ])
  })

  test('holds for the documented example, which is a real report', () => {
    const report: unknown = JSON.parse(example)
    expect(schemaProblems(schema, report)).toEqual([])
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
    expect(report).toEqual(JSON.parse(formatReport([entry], 'json')))
  })
})
