// Records the output of the real yq 4 for the cases of test/vectors/cases, one compressed file per family, so
// that the comparison runs without Go. Usage: node scripts/record/yq4.js [FAMILY…]
import { join } from 'node:path'
import { argv, chdir, exit, stderr, stdout } from 'node:process'
import { gzipSync } from 'node:zlib'

import { loadSource, root } from '../load-source.js'

chdir(root)
const { writeAtomically } = await loadSource('packages/system/src/index.ts')
const { findOracle, inLanes, runYq } = await loadSource('test/conformance/oracle.ts')
const { FAMILIES } = await loadSource('test/vectors/cases/families.ts')

const yq = findOracle('yq4')
if (yq === undefined) {
  stderr.write('The real yq 4 is not installed: run `pnpm oracles` first.\n')
  exit(3)
}

async function record(item) {
  const verdict = await runYq(yq, item)
  if (verdict === undefined) return undefined
  const { document, expression = '.', flags = [] } = item
  return { document, expression, ...(flags.length === 0 ? {} : { flags }), ...verdict }
}

const chosen = argv.length > 2 ? argv.slice(2) : Object.keys(FAMILIES)
for (const family of chosen) {
  const cases = FAMILIES[family]()
  const distinct = new Map(
    cases.map((item) => [JSON.stringify([item.document, item.expression, item.flags]), item]),
  )
  const records = (await inLanes([...distinct.values()], 2, record)).filter((item) => item !== undefined)
  const bytes = gzipSync(`${records.map((item) => JSON.stringify(item)).join('\n')}\n`, { level: 9 })
  await writeAtomically(join(root, 'test/vectors/yq-4', `${family}.ndjson.gz`), bytes, { guarded: [] })
  const count = (test) => String(records.filter(test).length).padStart(5)
  stdout.write(
    `${family.padEnd(18)}${count(() => true)} cases,${count((item) => item.expression === '.')} through ".",` +
      `${count((item) => item.error !== undefined)} refused, ${Math.ceil(bytes.length / 1024)} KiB\n`,
  )
}
