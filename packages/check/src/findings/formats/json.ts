import { findingData } from '@overlay-render/system'

import type { CheckFinding } from '../group-by-overlay.ts'

/** Findings as JSON: `{findings: [{rule, severity, message, file, line, column, object, hint, overlays}]}`; what is unknown is absent. */
export function formatJson(findings: readonly CheckFinding[]): string {
  const data = findings.map((finding) => ({ ...findingData(finding), overlays: finding.overlays }))
  return `${JSON.stringify({ findings: data }, undefined, 2)}\n`
}
