import { expect, test } from 'vitest'

import { alignTable } from '../src/align-table.ts'
import { displayWidth } from '../src/text-width.ts'

test('columns are aligned by what they take on the screen, and numbers to the right', () => {
  expect(
    alignTable([
      ['部署', 5, 'wide'],
      ['prow', 120, ''],
    ]),
  ).toEqual(['部署    5  wide', 'prow  120'])
})

test('a table fits the terminal: sentences are wrapped in their column', () => {
  const lines = alignTable(
    [
      ['production', 'changed', 'a patch of the deployment was changed, and two more'],
      ['testing', 'added', 'it is new'],
    ],
    48,
  )
  expect(lines).toEqual([
    'production  changed  a patch of the deployment',
    '                     was changed, and two more',
    'testing     added    it is new',
  ])
})

test('where a path is wider than its column can be, cells go on below their row', () => {
  const rows = [
    [
      'missing',
      'overlays/control-plane/secrets/github/app-id-of-the-bot',
      'Secret harborlight-jobs/github-token',
      'key appid',
    ],
    ['stub', 'overlays/testing/secrets/cookie', 'Secret cookie', 'key secret'],
  ]
  const lines = alignTable(rows, 80)
  expect(lines.filter((line) => displayWidth(line) > 80)).toEqual([])
  expect(lines).toEqual([
    'missing  overlays/control-plane/secrets/github/app-id-of-the-bot',
    '  Secret harborlight-jobs/github-token  key appid',
    'stub     overlays/testing/secrets/cookie  Secret cookie  key secret',
  ])
})
