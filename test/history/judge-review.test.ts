import { expect, test } from 'vitest'

import { judgeReview, type ReviewOutput } from './judge-review.ts'

// The judge of `pnpm replay:review` can tell a wrong review from a right one.

const object = (name: string, value = 'a'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {value: ${value}}\n`

const review = (counts?: { added: number; removed: number; renamed: number }): ReviewOutput => ({
  overlays: [{ overlay: 'x' }],
  unaffected: [],
  report: { comparisons: counts === undefined ? [] : [{ title: 'x', differs: true, counts }] },
})

const none = { added: 0, removed: 0, renamed: 0 }
const failed: ReviewOutput = { ...review(), overlays: [{ overlay: 'x', error: {} }] }
const [one, other] = [object('a'), object('a', 'b')]

test.each([
  ['a change that is reported', review(none), one, other, []],
  ['a change that is not reported', review(), one, other, ['x differs, but is not reported']],
  ['a change that is none', review(none), one, one, ['x is the same, but is reported']],
  ['an object that is added', review({ ...none, added: 1 }), one, `${one}---\n${object('b')}`, []],
  ['an object that is renamed', review({ ...none, renamed: 1 }), one, object('b'), []],
  [
    'a generated name with another hash',
    review(none),
    object('a-bbbbbbbbbb'),
    object('a-cccccccccc', 'b'),
    [],
  ],
  [
    'an object that is lost',
    review(none),
    `${one}---\n${object('b')}`,
    one,
    ['x: 0 added and 0 removed, but 0 and 1 identities are'],
  ],
  ['an error that is told', failed, one, undefined, []],
  ['an error that is not told', review(), one, undefined, ['x does not render, and no error says so']],
  ['an error that is none', failed, one, one, ['x renders, but the review has an error']],
])('%s', (_name, said, was, is, faults) => {
  expect(judgeReview(said, new Map([['x', was]]), new Map([['x', is]])).faults).toEqual(faults)
})
