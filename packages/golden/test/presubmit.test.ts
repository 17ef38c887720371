import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { REPORT_FORMATS } from '../src/index.ts'
import { parseYaml } from '../src/resources/parse-yaml.ts'
import { memberAt, type Value } from '../src/resources/value.ts'

const page = readFileSync(new URL('../../../docs/prow-presubmit.md', import.meta.url), 'utf8')
const blocks = Array.from(page.matchAll(/```yaml\n([\s\S]*?)```/gu), ([, text = '']) => parseYaml(text))
const documents = blocks.flatMap((block) => (block.ok ? block.documents : []))
const list = (value: Value | undefined): Value[] => (Array.isArray(value) ? value : [])

test('the jobs and the lenses are YAML', () => {
  expect(blocks.filter(({ ok }) => !ok)).toEqual([])
})

test('the job clones the full history and writes the files that the lenses show', () => {
  const [job] = list(memberAt(documents[0], 'presubmits', 'example/deployment'))
  expect(job).not.toHaveProperty('clone_depth')
  const [container] = list(memberAt(job, 'spec', 'containers'))
  const [script] = list(memberAt(container, 'args'))
  const reports = Array.from(String(script).matchAll(/--report "([\w-]+)=\$ARTIFACTS\/([^"]+)"/gu))
  const lenses = list(
    documents.map((document) => memberAt(document, 'deck', 'spyglass', 'lenses')).find(Array.isArray),
  )
  expect(reports).toHaveLength(2)
  for (const [, format = '', file = ''] of reports) {
    expect(REPORT_FORMATS).toContain(format)
    const lens = lenses.find((candidate) => memberAt(candidate, 'lens', 'name') === format)
    const [pattern] = list(memberAt(lens, 'required_files'))
    expect(`artifacts/${file}`).toMatch(new RegExp(String(pattern), 'u'))
  }
})
