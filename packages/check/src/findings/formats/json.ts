import type { CheckFinding } from '../group-by-overlay.ts'

/** Findings as JSON: `{findings: [{rule, severity, file, line, column, message, hint, object, overlays}]}`; unknown values are null. */
export function formatJson(findings: readonly CheckFinding[]): string {
  return `${JSON.stringify({ findings: findings.map(findingData) }, undefined, 2)}\n`
}

function findingData({ rule, severity, message, position, hint, object, overlays }: CheckFinding): object {
  return {
    rule,
    severity,
    file: position?.file ?? null,
    line: position?.line ?? null,
    column: position?.column ?? null,
    message,
    hint: hint ?? null,
    object: object ?? null,
    overlays,
  }
}
