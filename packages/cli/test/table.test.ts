import { expect, test } from 'vitest'

import { displayWidth } from '@overlay-render/system'

import { alignTable } from '../src/table.ts'

test('columns are aligned by what they take on the screen, and numbers to the right', () => {
  expect(
    alignTable([
      ['部署', 5, 'wide'],
      ['prow', 120, ''],
    ]),
  ).toEqual(['部署    5  wide', 'prow  120'])
})

test('a table fits the terminal, and no word is broken', () => {
  const rows = [
    [
      'missing',
      'overlays/control-plane/secrets/github/app-id',
      'Secret harborlight-jobs/github-token',
      'key appid',
    ],
    ['stub', 'overlays/testing/secrets/cookie', 'Secret cookie', 'key secret'],
  ]
  const lines = alignTable(rows, 80)
  expect(lines.filter((line) => displayWidth(line) > 80)).toEqual([])
  expect(lines).toEqual([
    'missing  overlays/control-plane/       Secret harborlight-jobs/       key appid',
    '         secrets/github/app-id         github-token',
    'stub     overlays/testing/secrets/     Secret cookie                  key secret',
    '         cookie',
  ])
})
