import { groupOf } from '@overlay-render/golden'

import type { RenderResult } from '../rendered.ts'
import type { CheckPreparation } from './check-preparation.ts'
import { mayDefine } from './hidden-facts.ts'

/** The names of the overlays whose sources may hold a CustomResourceDefinition for kinds in the results that Kubernetes lacks. */
export function findDefiners(
  results: readonly RenderResult[],
  { api, sources }: Pick<CheckPreparation, 'api' | 'sources'>,
  workspace: string,
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
  return [...sources.values()]
    .filter((own) => mayDefine(own, workspace, [...kinds]))
    .map(({ overlay }) => overlay.name)

  function isKnown(kind: string): boolean {
    return api !== undefined && Object.hasOwn(api.kinds, kind)
  }
}
