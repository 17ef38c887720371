import type { Finding } from '@overlay-render/system'

import type { CheckFinding } from './group-by-overlay.ts'
import { currentName } from './renamed-rules.ts'

/**
 * The keys of a finding in a baseline, one for each of its overlays: rule, overlay and object; for a rule without an object, the
 * file and the message. Lines are not part of it.
 */
export function baselineKeys({ overlays, ...finding }: CheckFinding): string[] {
  return (overlays.length === 0 ? [''] : overlays).map((overlay) => baselineKey(finding, overlay))
}

/** The key of a finding in one overlay. */
export function baselineKey({ rule, object, position, message }: Finding, overlay: string): string {
  return [rule, overlay, object ?? `${position?.file ?? ''} ${message}`].join('\t')
}

/** The findings that a baseline lacks, each with the overlays in which it is new. */
export function newFindings(
  findings: readonly CheckFinding[],
  baseline: ReadonlySet<string>,
): CheckFinding[] {
  return findings.flatMap((finding) => {
    if (finding.overlays.length === 0)
      return baselineKeys(finding).some((key) => baseline.has(key)) ? [] : [finding]
    const overlays = finding.overlays.filter((overlay) => !baseline.has(baselineKey(finding, overlay)))
    return overlays.length === 0 ? [] : [{ ...finding, overlays }]
  })
}

/** The text of a baseline file: a comment, then one key a line, sorted. */
export function writeBaseline(findings: readonly CheckFinding[]): string {
  const keys = [...new Set(findings.flatMap(baselineKeys))].sort()
  return [HEAD, ...keys.map((key) => JSON.stringify(key.split('\t'))), ''].join('\n')
}

const HEAD = '# Findings that checks ignore: rule, overlay, object. A check can write this file again.'

/** The keys in a baseline file. Lines that are not keys are skipped. */
export function readBaseline(text: string): ReadonlySet<string> {
  const keys = text.split(/\r?\n/u).flatMap((line) => {
    if (!line.startsWith('[')) return []
    try {
      const parts: unknown = JSON.parse(line)
      if (!Array.isArray(parts)) return []
      const [rule, ...rest]: unknown[] = parts
      return [[currentName(String(rule)), ...rest].join('\t')]
    } catch {
      return []
    }
  })
  return new Set(keys)
}
