import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

import { parse } from 'yaml'

/** The fields of a kustomization that this file uses. They are not validated: the trees under test are valid. */
interface Kustomization {
  readonly resources?: readonly string[]
  readonly bases?: readonly string[]
  readonly components?: readonly string[]
  readonly secretGenerator?: readonly {
    readonly files?: readonly string[]
    readonly envs?: readonly string[]
    readonly env?: string
  }[]
}

/**
 * Writes a stub for every secret file named by the kustomization in `folder` or by one that it builds on. The content
 * is the one users see in a golden: `stub of <path as written>`; in an env file it is the value of STUB.
 */
export async function writeStubSecrets(folder: string): Promise<void> {
  const file = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']
    .map((name) => join(folder, name))
    .find((path) => existsSync(path))
  if (file === undefined) return
  const text = await readFile(file, 'utf8')
  const {
    resources = [],
    bases = [],
    components = [],
    secretGenerator = [],
  } = (parse(text, { merge: true, logLevel: 'silent' }) as Kustomization | null) ?? {}
  for (const { files = [], envs = [], env } of secretGenerator) {
    for (const entry of files) {
      const path = entry.slice(entry.indexOf('=') + 1)
      await writeStub(join(folder, path), `stub of ${path}\n`)
    }
    for (const path of env === undefined ? envs : [...envs, env]) {
      await writeStub(join(folder, path), `STUB=stub of ${path}\n`)
    }
  }
  for (const entry of [...resources, ...bases, ...components]) {
    // Only a folder has a kustomization that can name secret files.
    if (!/\.ya?ml$/u.test(entry)) await writeStubSecrets(resolve(folder, entry))
  }
}

async function writeStub(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
