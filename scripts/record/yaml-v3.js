// Records the output of yq 3.4.1's go-yaml for the documents of test/vectors/cases, so that tests can check
// the reader and printer of the yq 3 dialect without Go.
import { join } from 'node:path'
import { chdir, exit, stderr, stdout } from 'node:process'
import { gzipSync } from 'node:zlib'

import { loadSource, root } from '../load-source.js'

chdir(root)
const { writeAtomically } = await loadSource('packages/system/src/index.ts')
const { findOracle } = await loadSource('test/conformance/oracle.ts')
const { runLibrary } = await loadSource('test/conformance/yaml-v3.ts')
const { FAMILIES } = await loadSource('test/vectors/cases/families.ts')

const program = findOracle('yaml-v3')
if (program === undefined) {
  stderr.write('The program around the library is not built: run `pnpm oracles` first.\n')
  exit(3)
}
const all = Object.values(FAMILIES).flatMap((cases) => cases())
// Record two of every three documents to keep the file small.
const documents = [...new Set(all.map(({ document }) => document))].filter((_, index) => index % 3 > 0)
const verdicts = await runLibrary(
  program,
  documents.map((document) => ({ document })),
)
const lines = documents.map((document, index) => JSON.stringify({ document, ...verdicts[index] }))
const bytes = gzipSync(`${lines.join('\n')}\n`, { level: 9 })
await writeAtomically(join(root, 'test/vectors/yaml-v3.ndjson.gz'), bytes, { guarded: [] })
stdout.write(
  `${documents.length} documents, ${verdicts.filter(({ error }) => error).length} refused, ${Math.ceil(bytes.length / 1024)} KiB\n`,
)
