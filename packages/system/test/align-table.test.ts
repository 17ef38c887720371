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

test('where a path is wider than its column can be, the same cells of every row go below it', () => {
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
    'stub     overlays/testing/secrets/cookie',
    '  Secret cookie  key secret',
  ])
})

test('a path that fits only below its row moves the cells of that row alone', () => {
  const long = `overlays/production/secrets/${'x'.repeat(45)}`
  expect(
    alignTable(
      [
        ['missing', 'overlays/testing/secrets/cookie', 'Secret cookie', 'key secret'],
        ['missing', long, 'Secret token', 'key token'],
        ['there', 'overlays/testing/secrets/oauth', 'Secret oauth', 'key secret'],
      ],
      80,
    ),
  ).toEqual([
    'missing  overlays/testing/secrets/cookie  Secret cookie  key secret',
    'missing',
    `  ${long}`,
    '  Secret token  key token',
    'there    overlays/testing/secrets/oauth   Secret oauth   key secret',
  ])
})

test('a path that is wider than the terminal does not move the cells of other rows', () => {
  const path = `/store/${'kustomize-'.repeat(10)}linux`
  expect(
    alignTable(
      [
        ['kustomize', '4.5.4'],
        ['path', path],
      ],
      80,
    ),
  ).toEqual(['kustomize  4.5.4', `path       ${path}`])
})
