import { type Finding, nearestNames, type Severity } from '@overlay-render/system'
import picomatch from 'picomatch'

import { currentName } from './renamed-rules.ts'

/** The severity of a rule's findings; with `off` they are dropped. */
export type RuleLevel = Severity | 'off'

/** The setting of a rule, for all files or those that match a glob. If several match, the last one counts. */
export interface RuleSetting {
  /** Its name, or an earlier one. */
  readonly rule: string
  readonly severity: RuleLevel
  /** A glob, relative to the workspace; every file when absent. */
  readonly path?: string | undefined
}

/** Applies the severities of the settings, and drops the findings that are off. */
export function applyRuleSettings<Told extends Finding>(
  findings: readonly Told[],
  settings: readonly RuleSetting[],
): Told[] {
  if (settings.length === 0) return [...findings]
  const matchers = settings.map(({ rule, severity, path }) => ({
    rule: currentName(rule),
    severity,
    matches: path === undefined ? () => true : matcherOf(path),
  }))
  return findings.flatMap((finding) => {
    const own = matchers.findLast(
      ({ rule, matches }) => rule === finding.rule && matches(finding.position?.file ?? ''),
    )
    if (own === undefined) return [finding]
    return own.severity === 'off' ? [] : [{ ...finding, severity: own.severity }]
  })
}

/** Whether a rule is off for every file, so that it need not run. */
export function isOff(rule: string, settings: readonly RuleSetting[]): boolean {
  const last = settings.findLast((setting) => currentName(setting.rule) === rule)
  return last?.severity === 'off' && last.path === undefined
}

/** A matcher of a glob for a file or a folder: `base` matches everything below it, too. */
function matcherOf(glob: string): (file: string) => boolean {
  const clean = glob.replace(/\/+$/u, '')
  return picomatch([clean, `${clean}/**`], { dot: true })
}

/** The settings of unknown rules, with the nearest names. */
export function unknownRules<Setting extends { readonly rule: string }>(
  settings: readonly Setting[],
  known: ReadonlySet<string>,
): { readonly setting: Setting; readonly near: string | undefined }[] {
  return settings
    .filter(({ rule }) => !known.has(currentName(rule)))
    .map((setting) => ({ setting, near: nearestNames(setting.rule, known)[0] }))
}
