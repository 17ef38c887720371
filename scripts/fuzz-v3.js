// Runs random yq 3 scripts, whose commands name nodes that are there, over random documents, and holds the result
// against the go-yaml of yq 3.4.1. Usage: node scripts/fuzz-v3.js [--cases 5000] [--seed 1]
import { argv, chdir, exit, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'

import { loadSource, root } from './load-source.js'

const { values } = parseArgs({
  args: argv.slice(2),
  options: { cases: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' } },
})
chdir(root)
const { applyV3Script } = await loadSource('packages/yq/src/index.ts')
const { findOracle } = await loadSource('test/conformance/oracle.ts')
const { runLibrary } = await loadSource('test/conformance/yaml-v3.ts')
const { seededDraw } = await loadSource('test/differential/draw.ts')
const { randomV3Case } = await loadSource('test/differential/v3-cases.ts')

const program = findOracle('yaml-v3')
if (program === undefined) {
  stderr.write('The program around the library is not built: run `pnpm oracles` first.\n')
  exit(3)
}

const count = Number(values.cases)
const cases = []
// A case without commands is left to the documents' own comparison.
for (let seed = Number(values.seed) * 1_000_003; cases.length < count; seed++) {
  const item = randomV3Case(seededDraw(seed))
  if (item.places.length > 0) cases.push(item)
}
const real = await runLibrary(program, cases)
const commands = cases.reduce((sum, { places }) => sum + places.length, 0)
const different = cases.flatMap(({ document, script }, index) => {
  const text = apply(script, document)
  const expected = real[index].error === undefined ? real[index].output : undefined
  return text === expected ? [] : [{ document, script, expected, text }]
})
stdout.write(
  `${cases.length} scripts with ${commands} commands from seed ${values.seed}: ${different.length} differ\n`,
)
for (const item of different.slice(0, 20)) stdout.write(`\n${JSON.stringify(item)}\n`)
exit(different.length === 0 ? 0 : 1)

function apply(script, document) {
  try {
    return applyV3Script(script, document).text
  } catch (error) {
    if (error?.name === 'YqFault') return undefined
    throw error
  }
}
