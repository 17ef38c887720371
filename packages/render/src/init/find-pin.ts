import { posix } from 'node:path'

import { compareVersions, KustomizeFault, parsePin, type Pin } from '@overlay-render/kustomize'
import type { Position } from '@overlay-render/system'

import type { Survey } from './survey.ts'

/** The program that a tree is deployed with, as far as its files tell. */
export interface FoundPin {
  /** Undefined when the tree names no version. */
  readonly pin: Pin | undefined
  /** Where the version is written. */
  readonly position: Position | undefined
  /** Where the tree builds with the kustomize in kubectl. */
  readonly kubectlUse: Position | undefined
}

const VERSIONS: readonly (readonly [Pin['program'], RegExp])[] = [
  ['kustomize', /kustomize(?:\/v\d)?(?:%2F|_|@|\/)v(\d+\.\d+\.\d+)/giu],
  ['kustomize', /KUSTOMIZE_VERSION["']?\s*[:?]?[=:]\s*["']?v?(\d+\.\d+\.\d+)/giu],
  ['kubectl', /KUBECTL_VERSION["']?\s*[:?]?[=:]\s*["']?v?(1\.\d+\.\d+)/giu],
  ['kubectl', /release\/v(1\.\d+\.\d+)\/bin\/[^\s/]+\/[^\s/]+\/kubectl/giu],
]
/** `kubectl kustomize` counts only before a folder or a flag: a list of tool names is no build. */
const KUBECTL_USE = /kubectl\s+(?:kustomize\s+(?:[-./"'$<{]|[\w-]+\s*[/|>])|apply\b[^\n|]*\s-k\s)/u
/** Files in which versions and commands are written: image files, scripts, playbooks. */
const LIKELY = /(?:^|\/)(?:Dockerfile|Containerfile|Makefile)[^/]*$|\.(?:sh|ya?ml|mk|env)$/u

interface Mention {
  readonly pin: Pin
  readonly position: Position
  /** 0 below the workspace, and one less for each folder above it. */
  readonly nearness: number
}

/** Finds the version that the image files, scripts and playbooks of the tree use: the one nearest to the workspace, then the newest. */
export function findPin(survey: Survey): FoundPin {
  const mentions: Mention[] = []
  let kubectlUse: Position | undefined
  for (const path of survey.files) {
    if (!LIKELY.test(path) || path.includes('/vendor/') || path.includes('/jobs/')) continue
    const text = survey.read(path)
    if (text === undefined || !/kustomize|kubectl/iu.test(text)) continue
    mentions.push(...mentionsIn(path, text, survey))
    const use = text.search(KUBECTL_USE)
    if (use >= 0 && nearnessOf(path) >= -1) kubectlUse ??= survey.position(path, text, use)
  }
  // Most trees use kubectl for other work, too: its version counts only when it builds.
  const builder = kubectlUse === undefined ? 'kustomize' : 'kubectl'
  const [best] = mentions
    .filter(({ pin }) => pin.program === builder)
    .sort((a, b) => b.nearness - a.nearness || compareVersions(b.pin.version, a.pin.version))
  return { pin: best?.pin, position: best?.position, kubectlUse }
}

function mentionsIn(path: string, text: string, survey: Survey): Mention[] {
  return VERSIONS.flatMap(([program, pattern]) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const pin = pinOf(match[1] ?? '', program)
      if (pin === undefined) return []
      return [{ pin, position: survey.position(path, text, match.index), nearness: nearnessOf(path) }]
    }),
  )
}

function pinOf(version: string, program: Pin['program']): Pin | undefined {
  try {
    return parsePin(version, program)
  } catch (error) {
    if (error instanceof KustomizeFault) return undefined
    throw error
  }
}

/** 0 below the workspace, and one less for each folder above it. */
function nearnessOf(path: string): number {
  return -posix
    .normalize(path)
    .split('/')
    .filter((name) => name === '..').length
}
