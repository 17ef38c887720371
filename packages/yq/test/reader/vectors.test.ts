import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

import { describe, expect, test } from 'vitest'

import { type Flags, printAsYq } from './print-as-yq.ts'

// All of these outputs and errors were recorded from yq 4.53.6.
const folder = new URL('vectors/', import.meta.url)

interface Rule {
  readonly name: string
  readonly text: string
  readonly options: Flags
  readonly out: string
  readonly error: string
}

const rules: Rule[] = JSON.parse(readFileSync(new URL('rules.json', folder), 'utf8'))

describe('reading and printing equal those of yq', () => {
  test.each(rules)('$name', ({ text, options, out, error }) => {
    expect(printAsYq(text, options)).toEqual({ out, error })
  })
})

type RandomCase = [text: string, options: Flags, out: string, error: string]
const random: RandomCase[] = JSON.parse(
  gunzipSync(readFileSync(new URL('random.json.gz', folder))).toString(),
)

test(`${random.length} random documents give yq's output or yq's error`, () => {
  for (const [text, options, out, error] of random) {
    expect({ text, ...printAsYq(text, options) }).toEqual({ text, out, error })
  }
})
