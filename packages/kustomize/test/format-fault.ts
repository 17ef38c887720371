import type { InputGraph, KustomizeFault } from '../src/index.ts'

/**
 * Every fault of a graph as one line: code, place (without the file where it is the root's kustomization), sentence and hint.
 * Where the expected line ends in ` *` only what is before the star is compared.
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

/** `code place: sentence`, where the place leaves out the file that is `obvious`. */
export function formatFault({ code, position, sentence }: KustomizeFault, obvious: string): string {
  if (position === undefined) return `${code}: ${sentence}`
  const file = position.file === obvious ? '' : `${position.file}:`
  return `${code} ${file}${position.line}:${position.column}: ${sentence}`
}
