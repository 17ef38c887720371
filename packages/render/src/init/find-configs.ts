import { posix } from 'node:path'

import { KUBEVIRT_CONFIGS } from '../config-defaults.ts'
import type { Survey } from './survey.ts'

/** The configs that a tree patches, as `<folder>/<file>`; the file is in the folder of base configs. */
export interface FoundConfigs {
  readonly base: string
  readonly files: readonly string[]
  /** Whether they are the default, so that no key is needed. */
  readonly isDefault: boolean
}

/**
 * The base configs in `../files` that overlays embed as `configs/<folder>/<file>` or have a patch script for; undefined when there
 * is no such folder.
 */
export function findConfigs(survey: Survey): FoundConfigs | undefined {
  const { base } = KUBEVIRT_CONFIGS
  const names = survey.files
    .filter((path) => posix.dirname(path) === base)
    .map((path) => posix.basename(path))
  if (names.length === 0) return undefined
  const files = new Set<string>()
  for (const { file } of survey.kustomizations) {
    for (const [, path = ''] of (survey.read(file) ?? '').matchAll(/\bconfigs\/([\w./-]+\.ya?ml)\b/gu)) {
      if (names.includes(posix.basename(path))) files.add(path)
    }
  }
  const embedded = new Set([...files].map((path) => posix.basename(path)))
  for (const path of survey.files) {
    const name = posix.basename(path)
    if (posix.basename(posix.dirname(path)) !== KUBEVIRT_CONFIGS.scripts) continue
    if (names.includes(name) && !embedded.has(name)) files.add(`${name.replace(/\.ya?ml$/u, '')}/${name}`)
  }
  const known: readonly string[] = KUBEVIRT_CONFIGS.files
  const isComplete = known.every((path) => names.includes(posix.basename(path)))
  return {
    base,
    files: [...files].sort(),
    isDefault: isComplete && [...files].every((path) => known.includes(path)),
  }
}
