// Records lengths and digests of the real yq 4's output for the corpus: `.` on every YAML file in four
// layouts, and every patch script on its base. Does not copy any content of the corpus.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { chdir, exit, stderr, stdout } from 'node:process'
import { gzipSync } from 'node:zlib'

import { loadSource, root } from '../load-source.js'

chdir(root)
const { writeAtomically } = await loadSource('packages/system/src/index.ts')
const { findOracle, inLanes, runYq } = await loadSource('test/conformance/oracle.ts')
const { corpusFiles, corpusScripts, hasCorpus, readCorpusFile } = await loadSource(
  'test/conformance/corpus.ts',
)

const yq = findOracle('yq4')
if (yq === undefined || !hasCorpus) {
  stderr.write('This needs the real yq 4 (`pnpm oracles`) and the corpus in ../shared/corpus.\n')
  exit(3)
}

const LAYOUTS = [[], ['-I4'], ['-c'], ['-P']]

function digest({ output, error }) {
  return {
    bytes: Buffer.byteLength(output),
    sha256: createHash('sha256').update(output).digest('hex'),
    ...(error === undefined ? {} : { error: true }),
  }
}

const documents = corpusFiles().flatMap((file) => LAYOUTS.map((flags) => ({ file, flags })))
const printed = await inLanes(documents, 2, async (item) => {
  const verdict = await runYq(yq, { document: readCorpusFile(item.file), flags: item.flags })
  return Object.assign(item, digest(verdict))
})
const lines = `${printed.map((item) => JSON.stringify(item)).join('\n')}\n`
await writeAtomically(join(root, 'test/vectors/corpus-documents.ndjson.gz'), gzipSync(lines, { level: 9 }), {
  guarded: [],
})
stdout.write(`${documents.length} runs of "." over ${documents.length / LAYOUTS.length} files\n`)

const runs = corpusScripts('kubevirt-2026').flatMap(({ script, base }) =>
  LAYOUTS.map((flags) => ({ script, base, flags })),
)
const patched = await inLanes(runs, 2, async (item) => {
  const document = readCorpusFile(item.base)
  const verdict = await runYq(yq, { document, expression: readCorpusFile(item.script), flags: item.flags })
  return Object.assign(item, digest(verdict))
})
await writeAtomically(
  join(root, 'test/vectors/corpus-v4.json'),
  `${JSON.stringify(patched, undefined, 2)}\n`,
  { guarded: [] },
)
stdout.write(`${patched.length} runs of patch scripts\n`)
