import { type Manifests, parseManifests } from '@overlay-render/golden'

import type { Rendered } from './rendered.ts'

/**
 * The parsed objects of a render.
 *
 * @throws GoldenFault for manifests that cannot be parsed
 */
export function parseObjects({ overlay, manifests }: Pick<Rendered, 'overlay' | 'manifests'>): Manifests {
  return parseManifests(manifests, { file: `${overlay}/manifests.yaml` })
}
