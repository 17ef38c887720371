import { formatId, idKey } from '@overlay-render/golden'
import { formatPosition, printable } from '@overlay-render/system'

import { type ObjectFinding, objectFindingData, resourceData } from '../plan/object-finding.ts'
import type { DeployTest } from './deploy-test.ts'

/** For people: every finding, what was not tested, and the verdict in the last line. */
export function formatDeployTest({ overlay, tested, findings, leftOut }: DeployTest): string {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const verdict =
    errors.length === 0
      ? `${overlay}: a real API server accepts all ${tested.length} objects, as an upgrade.`
      : `${overlay}: a real API server refuses ${errors.length} of ${tested.length} objects.`
  const said = 'Admission webhooks are left out, and no pod runs.'
  const lines = [
    ...findings.map(findingLine),
    ...leftOut.map((line) => `left out: ${line}`),
    `${verdict} ${said}`,
  ]
  return `${lines.map(printable).join('\n')}\n`
}

/** As JSON, for programs. */
export function deployTestJson({ overlay, tested, findings, leftOut }: DeployTest): string {
  const said = findings.map(objectFindingData)
  const resources = tested.map(({ id }) => resourceData(id))
  return `${JSON.stringify({ version: 1, overlay, tested: resources, findings: said, leftOut }, undefined, 2)}\n`
}

/** As JUnit XML, for Prow's junit lens: each object of the change is a test case. */
export function deployTestJunit({ overlay, tested, findings, leftOut }: DeployTest): string {
  const ofObject = (key: string): ObjectFinding[] =>
    findings.filter(({ id, severity }) => severity === 'error' && id !== undefined && idKey(id) === key)
  const cases = tested.map(({ id }) => ({ name: formatId(id), failures: ofObject(idKey(id)) }))
  const failed = cases.filter(({ failures }) => failures.length > 0).length
  const totals = `tests="${cases.length}" failures="${failed}" errors="0" skipped="0"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="deploy-test" ${totals}>`,
    `  <testsuite name="${xml(overlay)}" ${totals} time="0">`,
    ...cases.map(({ name, failures }) => testCase(name, failures)),
    `    <system-out>${xml(leftOut.map((line) => `left out: ${line}`).join('\n'))}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase(name: string, failures: readonly ObjectFinding[]): string {
  const start = `    <testcase classname="deploy-test" name="${xml(name)}" time="0"`
  const lines = failures.map(findingLine)
  if (lines.length === 0) return `${start}/>`
  return `${start}><failure message="${xml(lines[0] ?? '')}">${xml(lines.join('\n'))}</failure></testcase>`
}

function findingLine({ severity, message, position, hint }: ObjectFinding): string {
  const at = position === undefined ? '' : `${formatPosition(position)}: `
  return `${at}${severity}: ${message}${hint === undefined ? '' : ` (${hint})`}`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function xml(text: string): string {
  return printable(text).replaceAll(/[&<>"]/gu, (character) => ENTITIES[character] ?? '')
}
