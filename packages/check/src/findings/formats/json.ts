import { findingData } from '@overlay-render/system'

import type { CheckFinding } from '../group-by-overlay.ts'

/** The version of the format. It is raised when a field is removed or changes its meaning, not for new fields. */
const VERSION = 1

/** Findings as JSON: `{version, findings: [{rule, severity, message, file, line, column, object, hint, overlays}]}`; what is unknown is absent. */
export function formatJson(findings: readonly CheckFinding[]): string {
  const data = findings.map((finding) => ({ ...findingData(finding), overlays: finding.overlays }))
  return `${JSON.stringify({ version: VERSION, findings: data }, undefined, 2)}\n`
}
