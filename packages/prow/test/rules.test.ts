import { describe, expect, test } from 'vitest'

import { PROW_RULES } from '../src/index.ts'

describe.each(PROW_RULES.map((rule) => [rule.name, rule] as const))('the rule %s', (name, rule) => {
  test.each(rule.examples.fires.map((each) => [each.says, each] as const))('fires: %s', (_, { input }) => {
    const findings = rule.check(input())
    expect(findings.length).toBeGreaterThan(0)
    expect(findings.filter((finding) => finding.rule !== name || finding.message.endsWith('.'))).toEqual([])
  })

  test.each(rule.examples.silent.map((each) => [each.says, each] as const))(
    'is silent: %s',
    (_, { input }) => {
      expect(rule.check(input())).toEqual([])
    },
  )
})

test('names of rules are unique', () => {
  expect(new Set(PROW_RULES.map(({ name }) => name)).size).toBe(PROW_RULES.length)
})
