// Records how Prow's own loader reads the generated configurations of
// packages/prow/test/support/generated.ts.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { exit, stderr, stdout } from 'node:process'
import { gzipSync } from 'node:zlib'

import { loadSource, root } from '../load-source.js'

const COUNT = 600

const { writeAtomically } = await loadSource('packages/system/src/index.ts')
const { toJson } = await loadSource('packages/golden/src/index.ts')
const { generateConfiguration } = await loadSource('packages/prow/test/support/generated.ts')
const oracle = join(root, '.cache/oracles/bin/prow-config')
if (!existsSync(oracle)) {
  stderr.write('The program around Prow is not built: run `pnpm oracles` first.\n')
  exit(3)
}
const questions = Array.from({ length: COUNT }, (_, seed) => JSON.stringify(generateConfiguration(seed)))
const { stdout: answers } = spawnSync(oracle, ['lines'], {
  input: `${questions.join('\n')}\n`,
  encoding: 'utf8',
  maxBuffer: 2 ** 30,
})
const lines = answers.trim().split('\n')
await writeAtomically(
  join(root, 'packages/prow/test/vectors/generated.ndjson.gz'),
  gzipSync(answers, { level: 9 }),
  { guarded: [] },
  { guarded: [] },
)
const { MATCHES, SCHEDULES } = await loadSource('packages/prow/test/support/questions.ts')
/** Sends all questions to the oracle in one process, one per line, and returns its answers. */
const ask = (mode, questions) =>
  spawnSync(oracle, [mode], {
    input: questions.map((each) => `${JSON.stringify(each)}\n`).join(''),
    encoding: 'utf8',
  })
    .stdout.trim()
    .split('\n')
    .map((line) => JSON.parse(line))
await writeAtomically(
  join(root, 'packages/prow/test/vectors/answers.json'),
  `${JSON.stringify({ cron: ask('cron', SCHEDULES).map((fault) => fault === ''), match: ask('match', MATCHES) })}\n`,
  { guarded: [] },
)
const { askProw, corpus, DEPLOYMENTS } = await loadSource('packages/prow/test/support/prow-oracle.ts')
if (corpus !== undefined) {
  // Record only digests, so that no content of the real trees is copied.
  const digests = Object.entries(DEPLOYMENTS).map(([name, { config, jobs }]) => {
    const answer = askProw(join(corpus, config), join(corpus, jobs)).map(({ repo = '', ...rest }) =>
      toJson({ ...rest, repo }),
    )
    return [name, createHash('sha256').update(answer.toSorted().join('\n')).digest('hex')]
  })
  await writeAtomically(
    join(root, 'packages/prow/test/vectors/corpus-digests.json'),
    `${JSON.stringify(Object.fromEntries(digests), null, 2)}\n`,
    { guarded: [] },
    { guarded: [] },
  )
}
const refused = lines.filter((line) => JSON.parse(line).error !== undefined).length
stdout.write(`${lines.length} configurations, ${refused} refused\n`)
