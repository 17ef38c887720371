import type { ResourceId, Value } from '@overlay-render/golden'
import type { Position } from '@overlay-render/system'

import type { Example } from '../rule.ts'

/** What the steps of one overlay's build did, as the build with probes tells. Nothing is in it that is not certain. */
export interface BuildCheck {
  readonly overlay: string
  readonly patches: readonly PatchFact[]
  readonly images: readonly ImageFact[]
  readonly replacements: readonly ReplacementFact[]
  /** Every object of the output. */
  readonly ids: readonly ResourceId[]
}

/** A step as messages name it. */
interface StepFact {
  /** Such as `patches[3]`. */
  readonly name: string
  /** What a baseline knows it by: no index, no line. */
  readonly object: string
  readonly position: Position
}

export interface PatchFact extends StepFact {
  /** The fields of its target as they are written; undefined for a patch without one. */
  readonly target: Readonly<Record<string, string>> | undefined
  /** Whether it is an object that is merged, and not JSON patch operations. */
  readonly merges: boolean
  /** The operations of a JSON patch; empty for an object that is merged. */
  readonly operations: readonly OperationFact[]
  /** The objects that it selected when it runs. Undefined where a later step took objects away, so that nobody knows. */
  readonly selected: readonly SelectedFact[] | undefined
}

export interface OperationFact {
  readonly op: string
  readonly path: string
  readonly position: Position
}

export interface SelectedFact {
  /** As the object was at that turn. */
  readonly id: ResourceId
  /** Undefined where that is not known. */
  readonly changed: boolean | undefined
  /** The sections that the patch names, as they were. */
  readonly value: () => Value
}

export interface ImageFact extends StepFact {
  readonly image: string
  /** Whether an image of a container matched. */
  readonly isUsed: boolean
  /** The images that were there. */
  readonly images: readonly string[]
}

export interface ReplacementFact extends StepFact {
  /** For people: `Deployment deck`. */
  readonly select: string
  readonly isUsed: boolean
}

/** An input with one patch. */
export function patchExample(
  says: string,
  patch: Partial<PatchFact>,
  facts: Partial<BuildCheck> = {},
): Example<BuildCheck> {
  const position = { file: 'kustomization.yaml', line: 5, column: 3 }
  const whole: PatchFact = {
    name: 'patches[0]',
    object: 'kustomization.yaml patch.yaml',
    position,
    target: undefined,
    merges: false,
    operations: [],
    selected: [],
    ...patch,
  }
  return { says, input: () => ({ ...EMPTY, patches: [whole], ...facts }) }
}

/** A build in which nothing happened. */
export const EMPTY: BuildCheck = { overlay: 'example', patches: [], images: [], replacements: [], ids: [] }

/** An object of an example that a patch selected. */
export function selectedExample(
  kind: string,
  name: string,
  {
    namespace = '',
    changed = true,
    value = {},
  }: { namespace?: string; changed?: boolean; value?: Value } = {},
): SelectedFact {
  return { id: { apiVersion: 'v1', kind, namespace, name }, changed, value: () => value }
}
