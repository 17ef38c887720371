import type { Finding } from '@overlay-render/system'

import type { CheckFinding } from './group-by-overlay.ts'

/**
 * What a baseline knows a finding by, once for each of its overlays: the rule, the overlay and the object, or the file and the message
 * where a rule names no object. Never the line.
 */
export function baselineKeys({ overlays, ...finding }: CheckFinding): string[] {
  return (overlays.length === 0 ? [''] : overlays).map((overlay) => baselineKey(finding, overlay))
}

/** The same of a finding in one overlay. */
export function baselineKey({ rule, object, position, message }: Finding, overlay: string): string {
  return [rule, overlay, object ?? `${position?.file ?? ''} ${message}`].join('\t')
}

/** Findings that a baseline does not have, each with the overlays in which it is new. */
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

/** The text of a baseline file: one key a line, sorted, with what the file is. */
export function writeBaseline(findings: readonly CheckFinding[]): string {
  const keys = [...new Set(findings.flatMap(baselineKeys))].sort()
  return [HEAD, ...keys.map((key) => JSON.stringify(key.split('\t'))), ''].join('\n')
}

const HEAD = '# Findings that checks ignore: rule, overlay, object. A check can write this file again.'

/** The keys of a baseline file. Lines that are no key are passed over. */
export function readBaseline(text: string): ReadonlySet<string> {
  const keys = text.split(/\r?\n/u).flatMap((line) => {
    if (!line.startsWith('[')) return []
    try {
      const parts: unknown = JSON.parse(line)
      return Array.isArray(parts) ? [parts.join('\t')] : []
    } catch {
      return []
    }
  })
  return new Set(keys)
}
