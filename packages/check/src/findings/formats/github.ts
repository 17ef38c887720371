import { printable, printableLines, type Severity } from '@overlay-render/system'

import type { CheckFinding } from '../group-by-overlay.ts'

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' }

/** Workflow commands of GitHub Actions, which become annotations: `::error file=…,line=…,col=…,title=…::message`. */
export function formatGithub(findings: readonly CheckFinding[]): string {
  return findings.map((finding) => `${command(finding)}\n`).join('')
}

function command({ rule, severity, message, hint, position }: CheckFinding): string {
  const place: [string, string][] =
    position === undefined
      ? []
      : [
          ['file', position.file],
          ['line', String(position.line)],
          ['col', String(position.column)],
        ]
  const properties = [...place, ['title', rule] as const].map(([key, value]) => `${key}=${property(value)}`)
  const text = [message, ...(hint === undefined ? [] : [hint])].map((line) =>
    data(printableLines(printable(line))),
  )
  return `::${COMMANDS[severity]} ${properties.join(',')}::${text.join('%0A')}`
}

/** Escapes the message of a command: line ends and percent signs. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** Escapes a property of a command: commas and colons, too. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
