import {
  applyImage,
  type BuildStep,
  fieldOf,
  type KustomizationValue,
  type TracedRoot,
} from '@overlay-render/kustomize'
import type { Position } from '@overlay-render/system'

import type { Question } from './question.ts'
import { isScalar, textOf } from './scalar-values.ts'
import type { Path } from './traced-value.ts'

type FieldSetter = (step: BuildStep, root: TracedRoot, question: Question) => Position | undefined

/** For each field of a kustomization that is no patch: the position that sets a value, if the field sets it. */
export const FIELD_SETTERS: Partial<Record<BuildStep['field'], FieldSetter>> = {
  namespace: ({ value: given, position }, _root, { path, value }) =>
    (path.at(-1) === 'namespace' || isName(path)) && isScalar(given, value) ? position : undefined,
  namePrefix: ({ value: given, position }, _root, { path, value }) =>
    isName(path) && String(value).startsWith(textOf(given)) ? position : undefined,
  nameSuffix: ({ value: given, position }, _root, { path, value }) =>
    isName(path) && String(value).includes(textOf(given)) ? position : undefined,
  commonLabels: ({ value: given }, root, question) => findPair(given, root, question),
  labels: ({ value: given }, root, question) => {
    const pairs = fieldOf(given, 'pairs')
    return pairs === undefined ? undefined : findPair(pairs, root, question)
  },
  commonAnnotations: ({ value: given }, root, question) => findPair(given, root, question),
  replicas: ({ value: given }, root, { path, value }) => {
    const count = fieldOf(given, 'count')
    return path.at(-1) === 'replicas' && count !== undefined && isScalar(count, value)
      ? root.locate(count.at)
      : undefined
  },
  images: findImage,
}

function isName(path: Path): boolean {
  return path.length === 2 && path[0] === 'metadata' && path[1] === 'name'
}

function findPair(
  pairs: KustomizationValue,
  root: TracedRoot,
  { path, value }: Question,
): Position | undefined {
  const found = fieldOf(pairs, String(path.at(-1)))
  return found !== undefined && isScalar(found, value) ? root.locate(found.at) : undefined
}

/** The position of the tag, digest or name in an entry of `images` that changed the image. */
function findImage(
  { value: given }: BuildStep,
  root: TracedRoot,
  { path, value, before }: Question,
): Position | undefined {
  if (path.at(-1) !== 'image' || typeof value !== 'string' || typeof before !== 'string') return undefined
  const made = applyImage(given, before)
  if (made === undefined || made === before) return undefined
  const fields = ['digest', 'newTag', 'newName'].flatMap((name) => fieldOf(given, name) ?? [])
  const field = fields.find((candidate) => value.includes(textOf(candidate)))
  return field === undefined ? undefined : root.locate(field.at)
}
