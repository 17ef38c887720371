import { escapeXml as xml } from '@overlay-render/golden'
import { formatPosition, printable } from '@overlay-render/system'

import type { CheckFinding } from '../group-by-overlay.ts'

/**
 * Findings as JUnit XML: a test case for each finding, in a suite for each rule. Errors and warnings fail, an info passes. Without
 * findings there is one case that passes.
 */
export function formatJunit(findings: readonly CheckFinding[]): string {
  const byRule = new Map<string, CheckFinding[]>()
  for (const finding of findings) {
    const known = byRule.get(finding.rule)
    if (known === undefined) byRule.set(finding.rule, [finding])
    else known.push(finding)
  }
  const suites = [...byRule].map(
    ([rule, own]) =>
      `  <testsuite name="${xml(rule)}" tests="${own.length}" failures="${own.filter(fails).length}">\n${own.map(testCase).join('')}  </testsuite>\n`,
  )
  const empty =
    '  <testsuite name="check" tests="1" failures="0">\n    <testcase name="no findings"/>\n  </testsuite>\n'
  const body = suites.length === 0 ? empty : suites.join('')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="overlay-render check">\n${body}</testsuites>\n`
}

function fails({ severity }: CheckFinding): boolean {
  return severity !== 'info'
}

function testCase(finding: CheckFinding): string {
  const { rule, severity, message, hint, position } = finding
  const name = printable(`${position === undefined ? '' : `${formatPosition(position)}: `}${message}`)
  const start = `    <testcase classname="${xml(rule)}" name="${xml(name)}"`
  if (!fails(finding)) return `${start}/>\n`
  return `${start}>\n      <failure type="${severity}" message="${xml(printable(message))}">${xml(hint ?? '')}</failure>\n    </testcase>\n`
}
