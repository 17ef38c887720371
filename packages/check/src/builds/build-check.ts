import type { ResourceId, Value } from '@overlay-render/golden'
import type { Position } from '@overlay-render/system'

import type { Example } from '../rule.ts'

/** What the steps of an overlay's build did, as a traced build shows it. It holds only what is certain. */
export interface BuildCheck {
  readonly overlay: string
  readonly patches: readonly PatchFact[]
  readonly images: readonly ImageFact[]
  readonly replacements: readonly ReplacementFact[]
  /** Every object in the output. */
  readonly ids: readonly ResourceId[]
}

/** A step, for messages. */
interface StepFact {
  /** Such as `patches[3]`. */
  readonly name: string
  /** What identifies it in a baseline: without index and line. */
  readonly object: string
  readonly position: Position
}

/** A patch, and what it did. */
export interface PatchFact extends StepFact {
  /** The fields of its target as written; undefined for a patch without a target. */
  readonly target: Readonly<Record<string, string>> | undefined
  /** Whether it is merged (a strategic merge patch), and not a list of JSON patch operations. */
  readonly merges: boolean
  /** The operations of a JSON patch; empty for a merged patch. */
  readonly operations: readonly OperationFact[]
  /** The objects that it selected when it ran. Undefined if a later step removed objects, so that this is unknown. */
  readonly selected: readonly SelectedFact[] | undefined
}

/** An operation of a JSON patch. */
export interface OperationFact {
  readonly op: string
  readonly path: string
  readonly position: Position
}

/** An object that a patch selected. */
export interface SelectedFact {
  /** Its identity when the patch ran. */
  readonly id: ResourceId
  /** Whether the patch changed it; undefined when unknown. */
  readonly changed: boolean | undefined
  /** The sections that the patch names, before the patch. */
  readonly value: () => Value
}

/** An entry of `images`, and what it matched. */
export interface ImageFact extends StepFact {
  readonly image: string
  /** Whether an image of a container matched. */
  readonly isUsed: boolean
  /** The images that the build had. */
  readonly images: readonly string[]
}

/** A target of `replacements`, and whether it selected an object. */
export interface ReplacementFact extends StepFact {
  /** What it selects, for messages: `Deployment deck`. */
  readonly select: string
  readonly isUsed: boolean
}

/** An example with one patch. */
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

/** A build without any step. */
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
