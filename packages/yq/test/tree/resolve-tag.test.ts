import { expect, test } from 'vitest'

import { resolveTag } from '../../src/tree/resolve-tag.ts'

// The output of `yq '.[] | tag'` of 4.53.6 for these plain scalars.
test.each([
  ['!!null', ['', '~', 'null', 'Null', 'NULL']],
  ['!!bool', ['true', 'True', 'TRUE', 'false', 'False', 'FALSE']],
  [
    '!!int',
    [
      '0',
      '00',
      '017',
      '0x1F',
      '0X1f',
      '0o17',
      '0b11',
      '+1',
      '-1',
      '1_000',
      '1__0',
      '0x_1F',
      '18446744073709551615',
    ],
  ],
  [
    '!!float',
    [
      '.5',
      '5.',
      '1.e3',
      '1e3',
      '+.5',
      '08',
      '09',
      '-0',
      '18446744073709551616',
      '.inf',
      '-.Inf',
      '+.INF',
      '.NaN',
    ],
  ],
  [
    '!!timestamp',
    [
      '2001-01-01',
      '2001-1-1',
      '2001-01-01T1:2:3Z',
      '2001-01-01t01:02:03.5+01:00',
      '2001-01-01 1:2:3',
      '2001-01-01   1:2:3,5',
    ],
  ],
  ['!!merge', ['<<']],
  [
    '!!str',
    [
      'yes',
      'no',
      'on',
      'off',
      'y',
      'n',
      'nULL',
      'tRUE',
      '1e400',
      '._5',
      'NaN',
      'inf',
      '12:30:45',
      '1,000',
      '0x',
      '0b2',
    ]
      .concat([
        '2001-13-01',
        '2001-02-29',
        '2001-01-01T1:2:3',
        '2001-01-01 1:2:3 -5',
        '2001-01-01 24:00:00',
        '+',
        '-',
        '.',
      ])
      .concat(['-0x8000000000000001', '<', 'text']),
  ],
])('%s', (tag, texts) => {
  expect(texts.map((text) => [text, resolveTag(text)])).toEqual(texts.map((text) => [text, tag]))
})
