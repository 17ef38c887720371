import { describe, expect, test } from 'vitest'

import { RULES, type Rule } from '../src/index.ts'

/** Tests that each rule of a set fires for its examples of bad input, and only for those. */
function testRules<Input>(rules: readonly Rule<Input>[]): void {
  describe.each(rules.map((rule) => [rule.name, rule] as const))('the rule %s', (name, rule) => {
    test.each(rule.examples.fires.map((each) => [each.says, each] as const))('fires: %s', (_, { input }) => {
      const findings = rule.check(input())
      expect(findings.length).toBeGreaterThan(0)
      for (const finding of findings) {
        expect(finding.rule).toBe(name)
        expect(finding.message).not.toMatch(/\.$/u)
        expect(finding.object, 'what a baseline matches by').toBeTruthy()
      }
    })

    test.each(rule.examples.silent.map((each) => [each.says, each] as const))(
      'is silent: %s',
      (_, { input }) => {
        expect(rule.check(input())).toEqual([])
      },
    )
  })
}

testRules(RULES.scripts)
testRules(RULES.kustomizations)
testRules(RULES.builds)
testRules(RULES.manifests)

test('names of rules are unique, and every rule has an example of each kind', () => {
  const all = [...RULES.scripts, ...RULES.kustomizations, ...RULES.builds, ...RULES.manifests]
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
  const without = all.filter(({ examples: { fires, silent } }) => fires.length === 0 || silent.length === 0)
  expect(without.map(({ name }) => name)).toEqual([])
})
