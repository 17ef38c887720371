import { groupOf } from '@overlay-render/golden'

import type { RenderResult } from '../rendered.ts'
import type { CheckPreparation } from './check-preparation.ts'

/** The names of the overlays whose sources may hold a CustomResourceDefinition for kinds in the results that Kubernetes lacks. */
export function findDefiners(
  results: readonly RenderResult[],
  { api, sources }: Pick<CheckPreparation, 'api' | 'sources'>,
): string[] {
  const kinds = new Set(
    results.flatMap((result) => {
      if ('fault' in result || !('resources' in result.rendered)) return []
      return result.rendered.resources
        .map(({ id }) => id)
        .filter(
          ({ apiVersion, kind }) => groupOf(apiVersion).includes('.') && !isKnown(`${apiVersion} ${kind}`),
        )
        .map(({ kind }) => kind)
    }),
  )
  if (kinds.size === 0) return []
  return [...sources.values()].flatMap(({ overlay, graph, view }) => {
    // Rendering a folder of plain manifests is faster than searching it.
    if (overlay.layout.kind === 'folder') return [overlay.name]
    const defines = graph.files.some(({ role, real }) => {
      if (role !== 'resource' || view.kindOf(real) !== 'file') return false
      const text = Buffer.from(view.readFile(real)).toString('utf8')
      return text.includes('CustomResourceDefinition') && [...kinds].some((kind) => text.includes(kind))
    })
    return defines ? [overlay.name] : []
  })

  function isKnown(kind: string): boolean {
    return api !== undefined && Object.hasOwn(api.kinds, kind)
  }
}
