import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { Fault } from '@overlay-render/system'
import { parse } from 'yaml'

// What every replay does by hand beside our render.

/** What became of one overlay of one commit. */
export interface ReplayResult {
  readonly commit: string
  readonly date: string
  readonly overlay: string
  /** Configs that are the same, and the names of those that are not. */
  readonly configs: { readonly same: number; readonly different: readonly string[] }
  /** `none`: not compared, or the overlay cannot be built by hand either. */
  readonly manifests: 'same' | 'different' | 'none'
  /** What our render said where it failed and the pipeline by hand did not. */
  readonly fault?: string | undefined
  /** Why an overlay was not built. */
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

/** The fields of a kustomization that name files; the trees under replay deployed, so nothing is checked. */
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

/** Writes a stub for each secret file, and for each file of a ConfigMap that is not there, of a kustomization and those it builds on. */
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
