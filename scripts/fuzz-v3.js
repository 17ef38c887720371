// Runs random yq 3 scripts on random documents and compares the results with an oracle. `--against binary`
// (the default when the oracle `yq3` is installed) uses arbitrary paths, values and documents, and compares
// with yq 3.4.1 itself. `--against library` only names existing nodes, and compares with the go-yaml version
// of yq 3.4.1.
// Usage: node scripts/fuzz-v3.js [--cases 5000] [--seed 1] [--against binary|library] [--lanes 2]
import { argv, chdir, exit, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'

import { loadSource, root } from './load-source.js'

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    cases: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '2' },
    against: { type: 'string' },
  },
})
chdir(root)
const { applyV3Script } = await loadSource('packages/yq/src/index.ts')
const { findOracle } = await loadSource('test/conformance/oracle.ts')
const { runLibrary } = await loadSource('test/conformance/yaml-v3.ts')
const { compareWithYq3, runYq3 } = await loadSource('test/conformance/yq3-binary.ts')
const { seededDraw } = await loadSource('test/differential/draw.ts')
const { randomV3Case } = await loadSource('test/differential/v3-cases.ts')
const { wildCase } = await loadSource('test/differential/v3-wild.ts')

const binary = findOracle('yq3')
const count = Number(values.cases)
const seed = Number(values.seed)
const against = values.against ?? (binary === undefined ? 'library' : 'binary')
exit(await (against === 'binary' ? compareBinary() : compareLibrary()))

async function compareBinary() {
  if (binary === undefined) return missing('The real yq 3.4.1')
  const cases = Array.from({ length: count }, (_, index) => wildCase(seededDraw(seed * 1_000_003 + index)))
  const answers = await runYq3(binary, cases, Number(values.lanes))
  const { differences, refusals, printed } = compareWithYq3(cases, answers)
  const late = answers.filter((answer) => answer === undefined).length
  stdout.write(
    `${count} scripts from seed ${seed}: yq 3.4.1 printed ${printed}, refused ${count - printed - late}, did not end ${late}; ${differences.length} differ\n`,
  )
  for (const [sentence, times] of refusals) stdout.write(`refused here alone, ${times} times: ${sentence}\n`)
  for (const item of differences.slice(0, 20)) stdout.write(`\n${JSON.stringify(item)}\n`)
  return differences.length === 0 ? 0 : 1
}

async function compareLibrary() {
  const library = findOracle('yaml-v3')
  if (library === undefined) return missing('The program around the library')
  const cases = []
  // Skip cases without commands: another comparison covers documents alone.
  for (let at = seed * 1_000_003; cases.length < count; at++) {
    const item = randomV3Case(seededDraw(at))
    if (item.places.length > 0) cases.push(item)
  }
  const real = await runLibrary(library, cases)
  const commands = cases.reduce((sum, { places }) => sum + places.length, 0)
  const different = cases.flatMap(({ document, script }, index) => {
    const text = apply(script, document)
    const expected = real[index].error === undefined ? real[index].output : undefined
    return text === expected ? [] : [{ document, script, expected, text }]
  })
  stdout.write(
    `${cases.length} scripts with ${commands} commands from seed ${seed}: ${different.length} differ\n`,
  )
  for (const item of different.slice(0, 20)) stdout.write(`\n${JSON.stringify(item)}\n`)
  return different.length === 0 ? 0 : 1
}

function missing(what) {
  stderr.write(`${what} is not among the oracles: run \`pnpm oracles\` first.\n`)
  return 3
}

function apply(script, document) {
  try {
    return applyV3Script(script, document).text
  } catch (error) {
    if (error?.name === 'YqFault') return undefined
    throw error
  }
}
