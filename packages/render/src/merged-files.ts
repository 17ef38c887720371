import type { InputGraph } from '@overlay-render/kustomize'
import { type Finding, findTextProblem, type TreeView } from '@overlay-render/system'

/** Warnings about files of ConfigMaps with conflict markers of a merge. kustomize would embed them as they are. */
export function findMergedFiles({ files }: InputGraph, view: TreeView): Finding[] {
  return files.flatMap(({ role, real, shown }) => {
    if (role !== 'configmap-file' || view.kindOf(real) !== 'file') return []
    const bytes = Buffer.from(view.readFile(real))
    if (!bytes.includes('<<<<<<< ') || !bytes.includes('>>>>>>> ')) return []
    const unfit = findTextProblem(bytes)
    if (unfit === undefined) return []
    const { problem, hint, line, column } = unfit
    return [
      {
        rule: 'conflict-markers',
        severity: 'warning',
        message: `this file of a ConfigMap ${problem}`,
        position: { file: shown, line, column },
        hint,
      },
    ]
  })
}
