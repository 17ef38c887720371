import type { Severity } from '@overlay-render/system'
import type { Log, Result, Run } from 'sarif'

import type { CheckFinding } from '../group-by-overlay.ts'
import { baselineKeys } from '../baseline.ts'

/** The description of a rule. */
export interface RuleText {
  readonly name: string
  readonly doc: string
}

const LEVELS: Readonly<Record<Severity, Result.level>> = { error: 'error', warning: 'warning', info: 'note' }

/** Findings as SARIF 2.1.0, which code hosts show as annotations. Files are relative to the workspace. */
export function formatSarif(findings: readonly CheckFinding[], rules: readonly RuleText[]): string {
  const used = new Set(findings.map(({ rule }) => rule))
  const described = new Map(rules.map(({ name, doc }) => [name, doc]))
  const driver = {
    name: 'overlay-render',
    informationUri: 'https://github.com/overlay-render/overlay-render',
    rules: [...used].sort().map((id) => {
      const text = described.get(id)
      return text === undefined ? { id } : { id, shortDescription: { text } }
    }),
  }
  const run: Run = { tool: { driver }, columnKind: 'unicodeCodePoints', results: findings.map(resultOf) }
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function resultOf(finding: CheckFinding): Result {
  const { rule, severity, message, hint, position } = finding
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message: { text: hint === undefined ? message : `${message}\n${hint}` },
    partialFingerprints: { 'object/v1': baselineKeys(finding)[0] ?? '' },
    ...(position === undefined
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(position.file) },
                region: { startLine: position.line, startColumn: position.column },
              },
            },
          ],
        }),
  }
}

function uriOf(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/')
}
