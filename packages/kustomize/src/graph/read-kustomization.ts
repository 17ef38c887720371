import { join, relative } from 'node:path'

import {
  findTextProblem,
  isWithin,
  NOT_A_FILE,
  type Position,
  readFault,
  type Resolution,
  type Tree,
} from '@overlay-render/system'

import { type KustomizeCode, KustomizeFault } from '../kustomize-fault.ts'
import { hasBehaviour } from '../versions/behaviours.ts'
import { checkShape } from './check-shape.ts'
import { fieldOf, textOf } from './value-fields.ts'
import { fieldsFor, KINDS, KUSTOMIZATION_NAMES } from './kustomization-fields.ts'
import { makeLocator, readFirstDocument, type Value } from './yaml-value.ts'

/** A kustomization file that was read and checked. */
export interface Kustomization {
  /** Absolute and clean, links not followed. */
  readonly path: string
  readonly resolution: Resolution & { readonly outcome: 'found' }
  readonly kind: 'Kustomization' | 'Component'
  readonly value: Value
  readonly locate: (offset: number) => Position
  readonly faults: readonly KustomizeFault[]
}

export interface KustomizationLookup {
  /** The kustomization, or why there is none. */
  readonly outcome: Kustomization | KustomizeFault
  /** The names that do not exist here; creating one of them would change the build. */
  readonly absent: readonly string[]
}

export interface ReadContext {
  readonly tree: Tree
  readonly version: string
}

type Loaded = { readonly path: string; readonly resolution: Resolution & { readonly outcome: 'found' } }

/**
 * Finds the kustomization of a folder. kustomize tries all three names and counts those that load, so broken links and
 * links out of the folder are silently skipped.
 *
 * @param folder real
 * @param position the reference to the folder; undefined for the root of the build
 */
export function readKustomization(
  folder: string,
  position: Position | undefined,
  context: ReadContext,
): KustomizationLookup {
  const absent: string[] = []
  const loaded: Loaded[] = []
  const passedOver: string[] = []
  for (const name of KUSTOMIZATION_NAMES) {
    const path = join(folder, name)
    const resolution = context.tree.follow(path)
    if (resolution.outcome === 'missing') absent.push(resolution.real)
    if (resolution.outcome === 'missing' && resolution.links.length === 0) continue
    if (resolution.outcome === 'found' && resolution.kind === 'file' && isWithin(resolution.real, folder)) {
      loaded.push({ path, resolution })
    } else passedOver.push(`${name} ${whyNotLoaded(resolution, folder, context)}`)
  }
  const [first, second] = loaded
  const shown = context.tree.shown(folder)
  if (second !== undefined) {
    const names = loaded.map(({ path }) => relative(folder, path)).join(' and ')
    const message = `${shown} has ${loaded.length} kustomizations, ${names}`
    return {
      absent,
      outcome: new KustomizeFault({
        code: 'kustomization-ambiguous',
        message,
        hint: 'keep one of them',
        position,
      }),
    }
  }
  if (first === undefined) {
    const reason = passedOver.length === 0 ? '' : `: ${passedOver.join(', ')}`
    const message = `${shown} has no kustomization.yaml, kustomization.yml or Kustomization${reason}`
    return { absent, outcome: new KustomizeFault({ code: 'kustomization-missing', message, position }) }
  }
  return { absent, outcome: readFile(first, context) }
}

function whyNotLoaded(resolution: Resolution, folder: string, { tree }: ReadContext): string {
  const { shown } = tree
  if (resolution.outcome === 'loop') return 'is a link that leads back to itself'
  if (resolution.outcome === 'missing') return `is a link to ${shown(resolution.real)}, which does not exist`
  if (resolution.kind !== 'file') return `is ${NOT_A_FILE[resolution.kind]}`
  return isWithin(resolution.real, folder)
    ? 'cannot be read'
    : `is a link to ${shown(resolution.real)}, which is outside the folder, and kustomize does not follow such a link`
}

function readFile({ path, resolution }: Loaded, context: ReadContext): Kustomization | KustomizeFault {
  const file = context.tree.shown(path)
  let bytes: Uint8Array
  try {
    bytes = context.tree.view.readFile(resolution.real)
  } catch (error) {
    const { sentence: message, hint } = readFault(error, file)
    return new KustomizeFault({ code: 'input-not-readable', message, hint, cause: error })
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const locate = makeLocator(file, text)
  const { value, fault } = readFirstDocument(text)
  const isFit = fault === undefined && (value.kind === 'map' || value.kind === 'null')
  const unfit = isFit ? undefined : findTextProblem(bytes)
  if (unfit !== undefined) {
    const { problem, hint, line, column } = unfit
    const position = { file, line, column }
    return new KustomizeFault({
      code: 'kustomization-syntax',
      message: `this file ${problem}`,
      position,
      hint,
    })
  }
  if (fault !== undefined) {
    return new KustomizeFault({
      code: 'kustomization-syntax',
      message: `this is not YAML: ${fault.message}`,
      position: locate(fault.at),
    })
  }
  const faults = checkKustomization(value, context.version).map(({ code, message, hint, at }) => {
    return new KustomizeFault({ code, message, hint, position: locate(at) })
  })
  const kind = textOf(fieldOf(value, 'kind')) === 'Component' ? 'Component' : 'Kustomization'
  return { path, resolution, kind, value, locate, faults }
}

interface FaultAt {
  readonly code: KustomizeCode
  readonly message: string
  readonly hint?: string
  readonly at: number
}

function checkKustomization(value: Value, version: string): FaultAt[] {
  return [
    ...checkShape(value, { fields: fieldsFor(value, version) }, version),
    ...checkKind(value),
    ...checkEmpty(value, version),
  ]
}

function checkKind(value: Value): FaultAt[] {
  const kind = fieldOf(value, 'kind')
  const apiVersion = fieldOf(value, 'apiVersion')
  const wanted = KINDS[textOf(kind) || 'Kustomization']
  if (wanted === undefined) {
    const message = `kind must be Kustomization or Component, and is "${textOf(kind)}"`
    return [{ code: 'value-invalid', message, at: kind?.at ?? value.at }]
  }
  const given = textOf(apiVersion)
  if (given === '' || given === wanted) return []
  const message = `apiVersion of a ${textOf(kind) || 'Kustomization'} must be ${wanted}, and is "${given}"`
  return [{ code: 'value-invalid', message, at: apiVersion?.at ?? value.at }]
}

/** kustomize 4 builds an empty kustomization to nothing; kustomize 5.1 and later reject it. */
function checkEmpty(value: Value, version: string): FaultAt[] {
  if (!hasBehaviour(version, 'empty-kustomization-refused')) return []
  const entries = value.kind === 'map' ? value.entries() : []
  if (value.kind !== 'null' && value.kind !== 'map') return []
  const says = entries.some(
    (entry) => entry.value.kind !== 'null' && !/^(?:apiVersion|kind)$/iu.test(entry.key),
  )
  if (says) return []
  return [
    {
      code: 'kustomization-empty',
      message: `the kustomization is empty, which kustomize ${version} rejects`,
      at: value.at,
    },
  ]
}
