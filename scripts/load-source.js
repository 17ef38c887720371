// Lets scripts import TypeScript sources, as tests do. The imports are bundled on the fly, so no build is
// needed first.
import { renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { rolldown } from 'rolldown'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Keeps the original `import.meta.url`, because modules that load a dependency lazily resolve it relative to
 * their source file.
 */
const keepsUrls = {
  name: 'keep-urls',
  transform: (code, id) =>
    code.includes('import.meta.url')
      ? code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
      : undefined,
}

/**
 * Bundles a TypeScript module of this repository and returns the path of the bundle. `path` is relative to
 * the root.
 */
export async function bundleSource(path) {
  const file = join(root, '.cache/scripts', `${path.replaceAll(/\W+/gu, '-')}.mjs`)
  // Another process can load the same file at this moment, so replace it atomically.
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

/** Imports a TypeScript module of this repository. `path` is relative to the root. */
export async function loadSource(path) {
  return import(pathToFileURL(await bundleSource(path)).href)
}
