import { memoryView } from '@overlay-render/system'
import { expect, test } from 'vitest'

import { timeLimit } from '../src/build/time-limit.ts'
import { emptyGraph, type InputFile } from '../src/graph/input-graph.ts'

const MINUTE = 60_000
const OBJECT = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'

function limitFor(objects: number): number {
  const real = '/tree/all.yaml'
  const file: InputFile = {
    written: 'all.yaml',
    path: real,
    shown: 'all.yaml',
    role: 'resource',
    position: undefined,
    root: '/tree',
    real,
    links: [],
  }
  const text = Array.from({ length: objects }, () => OBJECT).join('---\n')
  return timeLimit(
    { ...emptyGraph('/tree'), files: [file] },
    memoryView(new Map([[real, Buffer.from(text)]])),
  )
}

test.each([
  [0, 30],
  [1000, 30],
  [2000, 120],
  [5000, 750],
  [20_000, 24 * 60],
])('a build of %i objects has %i minutes', (objects, minutes) => {
  expect(limitFor(objects)).toBe(minutes * MINUTE)
})
