import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { Fault } from '@overlay-render/system'
import { parse } from 'yaml'

// The manual pipeline that every replay compares our render with.

/** The result for one overlay of one commit. */
export interface ReplayResult {
  readonly commit: string
  readonly date: string
  readonly overlay: string
  /** The number of equal configs, and the names of the different ones. */
  readonly configs: { readonly same: number; readonly different: readonly string[] }
  /** `none`: not compared, or the manual build fails too. */
  readonly manifests: 'same' | 'different' | 'none'
  /** Our error message when our render fails and the manual pipeline does not. */
  readonly fault?: string | undefined
  /** Why an overlay was skipped. */
  readonly left?: string | undefined
}

export function git(clone: string, args: readonly string[]): Buffer {
  return execFileSync('git', ['-C', clone, ...args], {
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

export const NO_CONFIGS = { same: 0, different: [] }

export async function settle<Value>(
  work: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly fault: string }> {
  try {
    return { value: await work() }
  } catch (error) {
    if (error instanceof Fault) return { fault: [error.message, ...error.details].join('; ') }
    throw error
  }
}

/** The fields of a kustomization that name files. There is no validation, because these trees were deployed. */
interface Kustomization {
  readonly resources?: readonly string[]
  readonly bases?: readonly string[]
  readonly components?: readonly string[]
  readonly configMapGenerator?: readonly Generator[]
  readonly secretGenerator?: readonly Generator[]
}

interface Generator {
  readonly files?: readonly string[]
  readonly envs?: readonly string[]
}

export function readKustomization(folder: string): Kustomization {
  const file = join(folder, 'kustomization.yaml')
  if (!existsSync(file)) return {}
  return (
    (parse(readFileSync(file, 'utf8'), { merge: true, logLevel: 'silent' }) as Kustomization | null) ?? {}
  )
}

/** Writes stubs for every secret file and every missing ConfigMap file of a kustomization and its bases. */
export function layStubs(folder: string): void {
  const { resources = [], bases = [], components = [], ...generators } = readKustomization(folder)
  const lay = (path: string, text: string, always: boolean): void => {
    const file = join(folder, path)
    if (!always && existsSync(file)) return
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  for (const [list, always] of [
    [generators.secretGenerator ?? [], true],
    [generators.configMapGenerator ?? [], false],
  ] as const) {
    for (const { files = [], envs = [] } of list) {
      for (const entry of files) {
        const path = entry.slice(entry.indexOf('=') + 1)
        lay(path, `stub of ${path}\n`, always)
      }
      for (const path of envs) lay(path, `STUB=stub of ${path}\n`, always)
    }
  }
  for (const entry of [...resources, ...bases, ...components]) {
    if (!/\.ya?ml$/u.test(entry)) layStubs(resolve(folder, entry))
  }
}
