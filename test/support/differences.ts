import type { Rendered, RenderedConfigs } from '@overlay-render/render'

import { firstDifference } from './first-difference.ts'
import type { HandBuilt } from './prepare-by-hand.ts'

/** Compares the configs of a render with the expected ones: one line per file that differs, empty when all bytes are equal. */
export function configDifferences(
  { configs }: RenderedConfigs,
  expected: ReadonlyMap<string, Uint8Array>,
): string[] {
  const ours = new Map(configs.map(({ path, bytes }) => [path, bytes]))
  return [...new Set([...ours.keys(), ...expected.keys()])].sort().flatMap((path) => {
    const [left, right] = [ours.get(path), expected.get(path)]
    if (left === undefined || right === undefined) {
      return [`${path}: ${left === undefined ? 'only by hand' : 'only ours'}`]
    }
    const difference = firstDifference(left, right)
    return difference === undefined ? [] : [`${path}: ${difference}`]
  })
}

/** Compares a whole render with the build by hand: configs, manifests, and whether kustomize failed by hand. */
export function differences(rendered: Rendered, byHand: HandBuilt): string[] {
  const manifests = firstDifference(rendered.manifests, byHand.manifests)
  return [
    ...(byHand.exitCode === 0 ? [] : [`by hand, kustomize fails: ${byHand.stderr}`]),
    ...configDifferences(rendered, byHand.configs),
    ...(manifests === undefined ? [] : [`manifests: ${manifests}`]),
  ]
}
