import { isWithin, type Position, type Tree } from '@overlay-render/system'

import { KustomizeFault } from '../kustomize-fault.ts'
import type { GraphRoot, Mention } from './input-graph.ts'
import type { Found } from './place-reference.ts'
import type { RootStack } from './root-stack.ts'
import type { Value } from './yaml-value.ts'

/** The fault for a folder that is outside the boundary or forms a cycle; undefined for other folders. */
export function refuseFolder(
  folder: string,
  way: RootStack,
  position: Position | undefined,
  tree: Tree,
): KustomizeFault | undefined {
  const { shown, boundary } = tree
  const name = shown(folder)
  if (!tree.contains(folder)) {
    return new KustomizeFault({
      code: 'outside-boundary',
      message: `${name} is outside the tree that may be read`,
      position,
      hint: `a build may read only below ${boundary.map((path) => shown(path)).join(', ')}`,
    })
  }
  const circle = way.cycleAt(folder)
  if (circle === undefined) return undefined
  const message =
    circle === 'same'
      ? `the kustomizations form a cycle: ${shortened([...way.from(folder), folder].map((root) => shown(root)))}`
      : `${name} contains the kustomization that refers to it, which kustomize reports as a cycle`
  return new KustomizeFault({ code: 'cycle', message, position })
}

function shortened(way: readonly string[]): string {
  const ends = way.length > 8 ? [...way.slice(0, 4), `${way.length - 8} more`, ...way.slice(-4)] : way
  return ends.join(' -> ')
}

/** The fault for a root of the wrong kind. */
export function refuseKind(
  { kind, path }: Pick<GraphRoot, 'kind' | 'path'>,
  expected: GraphRoot['kind'] | undefined,
  position: Position | undefined,
  shown: Tree['shown'],
): KustomizeFault | undefined {
  if (expected === undefined || expected === kind) return undefined
  const field = kind === 'Component' ? 'components' : 'resources'
  return new KustomizeFault({
    code: 'kind-mismatch',
    message: `${shown(path)} is a ${kind}, not a ${expected}`,
    position,
    hint: `list it under ${field}`,
  })
}

/** The fault for a path that is not a file, or is outside the folder of the kustomization that refers to it. */
export function refuseFile(
  resolution: Found,
  { position, shown: name, root }: Mention,
  shown: Tree['shown'],
): KustomizeFault | undefined {
  if (resolution.kind !== 'file') {
    const what = resolution.kind === 'folder' ? 'a folder' : 'not a regular file'
    const message = `${name} is ${what}, but a file is expected`
    return new KustomizeFault({ code: 'input-not-a-file', message, position })
  }
  if (isWithin(resolution.real, root)) return undefined
  const isLink = resolution.links.length > 0
  const place = isLink ? `is a link to ${shown(resolution.real)}, which is` : 'is'
  return new KustomizeFault({
    code: 'outside-folder',
    message: `${name} ${place} outside ${shown(root)}, the folder of the kustomization that refers to it`,
    position,
    hint: 'kustomize reads files only in and below that folder; move the file there, or list it in a kustomization beside it',
  })
}

/**
 * The fault for a folder of plugin configurations that changes them, so that they are unknown before the build.
 *
 * @param value its kustomization
 */
export function refuseActive(
  value: Value,
  name: string,
  locate: (offset: number) => Position,
): KustomizeFault | undefined {
  const entries = value.kind === 'map' ? value.entries() : []
  const active = entries.find(
    ({ key, value: { kind } }) => kind !== 'null' && !PASSIVE.has(key.toLowerCase()),
  )
  if (active === undefined) return undefined
  return new KustomizeFault({
    code: 'plugin-changed',
    message: `${name} changes plugin configurations with "${active.key}", so the files that they read are unknown before the build`,
    position: locate(active.at),
    hint: 'list the configurations unchanged, only under resources',
  })
}

/** Fields of a kustomization that do not change objects. */
const PASSIVE: ReadonlySet<string> = new Set(['apiversion', 'kind', 'metadata', 'resources', 'bases'])
