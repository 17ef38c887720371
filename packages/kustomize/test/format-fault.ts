import type { InputGraph, KustomizeFault } from '../src/index.ts'

/**
 * Every fault of a graph as one line: code, position (without the file name of the root's kustomization), message and hint.
 * If the expected line ends with ` *`, only the text before the star is compared.
 */
export function formatFaults(graph: InputGraph, expected: readonly string[]): string[] {
  const all = [...graph.faults, ...graph.missing.map(({ fault }) => fault)]
  return all.map((fault, index) => {
    const hint = fault.hint === undefined ? '' : ` (${fault.hint})`
    const line = `${formatFault(fault, 'kustomization.yaml')}${hint}`
    const wanted = expected[index]
    if (wanted?.endsWith('*') === true && line.startsWith(wanted.slice(0, -1).trimEnd())) return wanted
    return line
  })
}

/** `code position: message`; the position has no file name if it is `obvious`. */
export function formatFault({ code, position, sentence }: KustomizeFault, obvious: string): string {
  if (position === undefined) return `${code}: ${sentence}`
  const file = position.file === obvious ? '' : `${position.file}:`
  return `${code} ${file}${position.line}:${position.column}: ${sentence}`
}
