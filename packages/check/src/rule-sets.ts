import type { Finding } from '@overlay-render/system'

import type { BuildCheck } from './builds/build-check.ts'
import { BUILD_RULES } from './builds/rules.ts'
import type { SourceCheck } from './kustomizations/source-check.ts'
import { SOURCE_RULES } from './kustomizations/rules.ts'
import type { ManifestCheck } from './manifests/manifest-check.ts'
import { MANIFEST_RULES } from './manifests/rules.ts'
import type { Rule } from './rule.ts'
import type { ScriptCheck } from './scripts/script-check.ts'
import { SCRIPT_RULES } from './scripts/rules.ts'

/** The inputs of the rules, by what they check. */
export interface CheckInputs {
  /** One patch script of one overlay. */
  readonly scripts: ScriptCheck
  /** The sources of all overlays. */
  readonly kustomizations: SourceCheck
  /** What the steps of one overlay's build did. */
  readonly builds: BuildCheck
  /** The manifests of one overlay. */
  readonly manifests: ManifestCheck
}

/** The rules, by what they check. */
export type RuleSets = { readonly [About in keyof CheckInputs]: readonly Rule<CheckInputs[About]>[] }

/** The rules of this package. */
export const RULES: RuleSets = {
  scripts: SCRIPT_RULES,
  kustomizations: SOURCE_RULES,
  builds: BUILD_RULES,
  manifests: MANIFEST_RULES,
}

/** The rules of this package and further ones. */
export function withRules(more: Partial<RuleSets>): RuleSets {
  return {
    scripts: [...RULES.scripts, ...(more.scripts ?? [])],
    kustomizations: [...RULES.kustomizations, ...(more.kustomizations ?? [])],
    builds: [...RULES.builds, ...(more.builds ?? [])],
    manifests: [...RULES.manifests, ...(more.manifests ?? [])],
  }
}

/** The rules with the given names. */
export function onlyRules(rules: RuleSets, names: ReadonlySet<string>): RuleSets {
  const isNamed = ({ name }: { readonly name: string }): boolean => names.has(name)
  return {
    scripts: rules.scripts.filter(isNamed),
    kustomizations: rules.kustomizations.filter(isNamed),
    builds: rules.builds.filter(isNamed),
    manifests: rules.manifests.filter(isNamed),
  }
}

/** The findings of rules in one input, in the order of the rules. */
export function runRules<Input>(rules: readonly Rule<Input>[], input: Input): Finding[] {
  return rules.flatMap((rule) => rule.check(input))
}
