import type { Position } from '@overlay-render/system'

import type { Value } from '../graph/yaml-value.ts'

/** The origin of a resource: an object of a file, or an entry of a generator. */
export type ResourceOrigin =
  | {
      readonly kind: 'document'
      /** The real path of the root that lists the file. */
      readonly root: string
      readonly real: string
      readonly shown: string
      /** The offset of the object in the file. */
      readonly at: number
      readonly position: Position
    }
  | {
      readonly kind: 'generator'
      readonly root: string
      readonly field: 'configMapGenerator' | 'secretGenerator'
      readonly index: number
      readonly value: Value
      readonly position: Position
    }
