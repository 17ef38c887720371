import { assertionRule, CheckFault, type RuleSets, unknownRules } from '@overlay-render/check'

import type { WorkspaceConfig } from '../workspace-config.ts'
import { RENDER_FINDINGS } from './render-findings.ts'

/**
 * Refuses settings for unknown rules, which would silently do nothing.
 *
 * @throws CheckFault `rule-unknown` with the nearest name
 */
export async function requireKnownRules(config: WorkspaceConfig, sets: RuleSets): Promise<void> {
  if (config.rules.length === 0) return
  const { PROW_RULES, READING_RULES } = await import('@overlay-render/prow')
  const known = new Set([
    ...Object.values(sets).flatMap((rules: readonly { readonly name: string }[]) =>
      rules.map(({ name }) => name),
    ),
    ...[...PROW_RULES, ...READING_RULES, ...RENDER_FINDINGS].map(({ name }) => name),
    ...config.assertions.map(assertionRule),
  ])
  const [first] = unknownRules(config.rules, known)
  if (first === undefined) return
  const { setting, near } = first
  throw new CheckFault({
    code: 'rule-unknown',
    message: `there is no rule ${setting.rule}`,
    position: setting.position,
    hint: near === undefined ? 'docs/rules.md lists the rules' : `did you mean ${near}?`,
  })
}
