import type { KustomizeFault } from '../src/index.ts'
import type { InputGraph } from '../src/index.ts'

export { diskView, type InputGraph, type Kustomize, walkInputs } from '../src/index.ts'

/**
 * Every fault of a graph as one line: code, place (without the file where it is the root's kustomization), sentence and hint.
 * Where the expected line ends in ` *` only what stands before the star is compared.
 */
export function formatFaults(graph: InputGraph, expected: readonly string[]): string[] {
  const all = [...graph.faults, ...graph.missing.map(({ fault }) => fault)]
  return all.map((fault, index) => {
    const line = formatFault(fault)
    const wanted = expected[index]
    if (wanted?.endsWith('*') === true && line.startsWith(wanted.slice(0, -1).trimEnd())) return wanted
    return line
  })
}

function formatFault({ code, position, sentence, hint }: KustomizeFault): string {
  const file = position === undefined || position.file === 'kustomization.yaml' ? '' : `${position.file}:`
  const place = position === undefined ? '' : ` ${file}${position.line}:${position.column}`
  return `${code}${place}: ${sentence}${hint === undefined ? '' : ` (${hint})`}`
}
