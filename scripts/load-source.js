// Scripts run on the sources, as tests do: what they import is bundled in a moment, so no build has to be before them.
import { renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { rolldown } from 'rolldown'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Modules that load a dependency when it is first needed look for it from where they stand, not from the bundle. */
const keepsUrls = {
  name: 'keep-urls',
  transform: (code, id) =>
    code.includes('import.meta.url')
      ? code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
      : undefined,
}

/** Bundles a TypeScript module of this repository, given relative to its root; returns the file. */
export async function bundleSource(path) {
  const file = join(root, '.cache/scripts', `${path.replaceAll(/\W+/gu, '-')}.mjs`)
  // Another process may load the same file now: it finds the old one or the new one.
  const temporary = `${file}.${process.pid}.mjs`
  const bundler = await rolldown({
    cwd: root,
    input: path,
    platform: 'node',
    plugins: [keepsUrls],
    resolve: { conditionNames: ['@overlay-render/source', 'node', 'import', 'default'] },
  })
  await bundler.write({ file: temporary, format: 'esm', codeSplitting: false })
  await bundler.close()
  renameSync(temporary, file)
  return file
}

/** Imports a TypeScript module of this repository, given relative to its root. */
export async function loadSource(path) {
  return import(pathToFileURL(await bundleSource(path)).href)
}
