import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { bundledLicences } from './scripts/bundled-licences.js'

const root = dirname(fileURLToPath(import.meta.url))
const fromRender = createRequire(join(root, 'packages/render/package.json'))
const fromConfigs = createRequire(join(root, 'packages/configs/package.json'))

/**
 * Libraries that few runs use, although modules that most runs need import them: bin/load-bundle.js loads `late-` chunks at their first
 * use. A library with dependencies would pull those into its chunk.
 */
const LATE = ['diff', 'fast-json-patch', 'jsonpath-plus', 're2js']

/**
 * The command as one bundle: a third of the start-up time of loose modules. Chunks that few runs need
 * (kustomize, templates, reports) stay behind dynamic imports.
 */
export default {
  cwd: root,
  input: { main: 'packages/cli/src/main.ts' },
  // Needed by a group that leaves its dependencies where they are.
  preserveEntrySignatures: 'allow-extension',
  platform: 'node',
  // What carries a binary or wasm is loaded from its own package.
  external: ['minijinja-js', /^kustomize(\/|$)/],
  plugins: [bundledLicences()],
  resolve: {
    conditionNames: ['@overlay-render/source', 'node', 'import', 'default'],
    // yaml's node build reads process.env once per token; its ESM build does not.
    alias: {
      yaml: join(dirname(fromRender.resolve('yaml/package.json')), 'browser/index.js'),
      // Its CommonJS build would be run at once, not at its first use.
      'fast-json-patch': join(dirname(fromConfigs.resolve('fast-json-patch/package.json')), 'index.mjs'),
    },
  },
  output: {
    dir: 'packages/cli/dist/bundle',
    // Loaded by bin/load-bundle.js: compiled code can be kept of scripts, not of ES modules, and they start faster.
    format: 'cjs',
    minify: { compress: true, mangle: { keepNames: true }, codegen: { removeWhitespace: true } },
    // For us: the published files do not refer to them.
    sourcemap: 'hidden',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    codeSplitting: {
      groups: [
        ...LATE.map((name) => ({ name: `late-${name}`, test: `/node_modules/${name}/` })),
        // Most texts are in plain blocks, which have a reader of their own.
        { name: 'late-full-reader', test: '/yq/src/reader/full/', includeDependenciesRecursively: false },
      ],
    },
  },
}
