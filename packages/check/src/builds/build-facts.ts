import { parseManifests, type ResourceId, type Value } from '@overlay-render/golden'
import {
  applyImage,
  type BuildStep,
  type BuildTrace,
  effectsOf,
  fieldOf,
  itemsOf,
  type KustomizationValue,
  type Sections,
  type StepEffect,
  textOf,
  type TracedRoot,
} from '@overlay-render/kustomize'
import type { Position } from '@overlay-render/system'

import type {
  BuildCheck,
  ImageFact,
  OperationFact,
  PatchFact,
  ReplacementFact,
  SelectedFact,
} from './build-check.ts'
import { describeTarget } from './describe-target.ts'
import { findLosses, type Losses } from './losses.ts'

/**
 * The input of the rules about builds, from a traced build. Undefined when the traced build gave other manifests: then nothing is
 * certain.
 *
 * @param toUser maps a position in the build's files to the user's files
 */
export function buildFacts(
  overlay: string,
  trace: BuildTrace,
  ids: readonly ResourceId[],
  toUser: (position: Position) => Position,
): BuildCheck | undefined {
  if (trace.doubt !== undefined) return undefined
  const losses = findLosses(trace)
  const steps = trace.roots.flatMap((root) => root.steps.map((step) => ({ step, root })))
  return {
    overlay,
    ids,
    patches: steps
      .filter(({ step }) => step.patch !== undefined)
      .map(({ step, root }) => patchFact(step, root, trace, losses, toUser)),
    images: imageFacts(trace, toUser),
    replacements: steps
      .filter(({ step }) => step.field === 'replacements')
      .flatMap(({ step, root }) => replacementFacts(step, root, trace, losses, toUser)),
  }
}

type ToUser = (position: Position) => Position

function nameOf({ field, index }: BuildStep): string {
  return `${field}[${index}]`
}

function patchFact(
  step: BuildStep,
  root: TracedRoot,
  trace: BuildTrace,
  losses: Losses,
  toUser: ToUser,
): PatchFact {
  const { patch } = step
  const target =
    step.target === undefined || step.target.kind === 'null' ? undefined : textFields(step.target)
  const effects = effectsOf(trace, step)
  const position = toUser(step.position)
  const file =
    patch?.file === undefined ? 'inline patch' : toUser({ file: patch.file.shown, line: 1, column: 1 }).file
  return {
    name: nameOf(step),
    object: [position.file, file, ...(target === undefined ? [] : [describeTarget(target)])].join(' '),
    position,
    target,
    merges: patch?.form === 'objects',
    operations:
      patch?.form === 'operations' ? patch.values.map((value) => operationOf(value, patch, toUser)) : [],
    selected:
      effects.length === 0 && losses.mayHide(target?.['kind'])
        ? undefined
        : effects.map((effect) => selectedFact(effect, root)),
  }
}

function operationOf(
  value: KustomizationValue,
  { locate }: NonNullable<BuildStep['patch']>,
  toUser: ToUser,
): OperationFact {
  return {
    op: textOf(fieldOf(value, 'op')),
    path: textOf(fieldOf(value, 'path')),
    position: toUser(locate(value.at)),
  }
}

/** A root that two others list is built twice, and its patch may find its own change the second time. Then "unchanged" is uncertain. */
function selectedFact({ resource, before, after }: StepEffect, { repeated }: TracedRoot): SelectedFact {
  const known = [...before].filter(([section]) => after.has(section))
  const isChanged = known.some(([section, text]) => after.get(section) !== text)
  return {
    id: idOf(resource.final, before),
    changed: isChanged ? true : known.length === before.size && !repeated ? false : undefined,
    value: () => valueOf(resource.final, before),
  }
}

/** The object before the patch; parts that no patch can change are taken from the end. */
function valueOf(final: Sections, before: Sections): Value {
  const identity = ['apiVersion', 'kind', 'metadata'].map(
    (section) => before.get(section) ?? final.get(section) ?? '',
  )
  const sections = [...before].filter(([section]) => section !== 'metadata').map(([, text]) => text)
  return parseManifests([...identity, ...sections].join(''), { file: 'build' }).resources[0]?.value ?? null
}

function idOf(final: Sections, before: Sections): ResourceId {
  const line = (sections: Sections, section: string, key: string): string => {
    const text = sections.get(section) ?? ''
    const found = new RegExp(`^(?: {2})?${key}: (.*)$`, 'mu').exec(text)?.[1] ?? ''
    return found.replace(/^(["'])(.*)\1$/u, '$2')
  }
  return {
    apiVersion: line(final, 'apiVersion', 'apiVersion'),
    kind: line(final, 'kind', 'kind'),
    namespace: line(before, 'metadata', 'namespace'),
    name: line(before, 'metadata', 'name'),
  }
}

function textFields(map: KustomizationValue): Record<string, string> {
  const entries = map.kind === 'map' ? map.entries() : []
  return Object.fromEntries(
    entries.flatMap(({ key, value }) => (value.kind === 'text' ? [[key, value.text]] : [])),
  )
}

/**
 * Image lines in the output of kustomize. It may match more than the images of containers, which hides a finding but never makes a
 * false one.
 */
const IMAGE_LINE = /^\s*(?:- )?image: (.*)$/gmu

/** The entries of `images` in every root, in order, with the images they could match. */
function imageFacts({ roots, resources }: BuildTrace, toUser: ToUser): ImageFact[] {
  const hasOwnPlaces = roots.some(({ value }) => itemsOf(fieldOf(value, 'configurations')).length > 0)
  if (hasOwnPlaces) return []
  const texts = resources.flatMap(({ sections, final, states }) =>
    [sections, final, ...states.map((state) => state.sections)].flatMap((each) => [...each.values()]),
  )
  const images = new Set(
    texts.flatMap((text) =>
      [...text.matchAll(IMAGE_LINE)].map(([, image = '']) => image.replace(/^(["'])(.*)\1$/u, '$2')),
    ),
  )
  const facts: ImageFact[] = []
  for (const root of roots) {
    for (const step of root.steps.filter(({ field }) => field === 'images')) {
      const made = [...images].flatMap((image) => applyImage(step.value, image) ?? [])
      const image = textOf(fieldOf(step.value, 'name'))
      const position = toUser(step.position)
      facts.push({
        name: nameOf(step),
        object: `${position.file} ${image}`,
        position,
        image,
        isUsed: made.length > 0,
        images: [...images],
      })
      for (const text of made) images.add(text)
    }
  }
  return facts
}

function replacementFacts(
  step: BuildStep,
  root: TracedRoot,
  { probes, resources }: BuildTrace,
  losses: Losses,
  toUser: ToUser,
): ReplacementFact[] {
  const targets = itemsOf(fieldOf(step.value, 'targets'))
  const marks = probes.filter((probe) => probe.step === step && probe.at === 'selected')
  return marks.flatMap((mark, index) => {
    const target = targets[index]
    const select = target === undefined ? {} : textFields(fieldOf(target, 'select') ?? target)
    const isUsed = resources.some(({ selectedBy }) => selectedBy.has(mark))
    if (!isUsed && losses.mayHide(select['kind'])) return []
    const position = toUser(target === undefined ? step.position : root.locate(target.at))
    const described = target === undefined ? 'what it selects' : describeTarget(select)
    return [
      {
        name: `target ${index} of ${nameOf(step)}`,
        object: `${position.file} ${described}`,
        position,
        select: described,
        isUsed,
      },
    ]
  })
}
