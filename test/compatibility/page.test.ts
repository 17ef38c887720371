import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cwd } from 'node:process'

import { expect, test } from 'vitest'

import { operators } from '../../packages/yq/src/operators/table.ts'
import { compatibilityPage } from './page.ts'
import { OPERATOR_NOTES } from './operator-notes.ts'

test('every operator is on the page once', () => {
  const named = Object.values(OPERATOR_NOTES).flatMap((notes) => Object.keys(notes))
  expect(named.toSorted()).toEqual(Object.keys(operators).toSorted())
})

test('the page equals the result of the recorded cases (else run node scripts/write-compatibility.js)', async () => {
  expect(readFileSync(join(cwd(), 'docs/yq-compatibility.md'), 'utf8')).toBe(await compatibilityPage())
}, 300_000)
