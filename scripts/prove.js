// Runs the proofs by mutation with more trials than the tests, and another seed; prints their figures.
//
//   pnpm prove explain|check|affected|cache [--count N] [--seed N] [-t NAME]
//
// explain: changes N random scalars of each real tree at the position that `explain` names. check: lays N faults
// in each tree, and as many harmless changes. affected: renders both sides of N random changes. cache: renders after each
// of N random edits with the cache and without.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv, env, execPath, exit, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'

import { root } from './load-source.js'

const PROOFS = {
  explain: './test/explain/corpus',
  check: './test/laid-faults/',
  affected: './packages/render/test/review/random-affected',
  cache: './packages/render/test/cache/random-edits',
}
const { values, positionals } = parseArgs({
  args: argv.slice(2),
  options: {
    count: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    testNamePattern: { type: 'string', short: 't', default: '' },
  },
  allowPositionals: true,
})
const folder = PROOFS[positionals[0]]
if (folder === undefined) {
  stderr.write(`usage: pnpm prove ${Object.keys(PROOFS).join('|')} [--count N] [--seed N] [-t NAME]\n`)
  exit(2)
}
mkdirSync(join(root, '.cache'), { recursive: true })
const figures = join(root, '.cache', `prove-${process.pid}.txt`)
writeFileSync(figures, '')
const { status } = spawnSync(
  execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', folder, '-t', values.testNamePattern],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...env,
      OVERLAY_RENDER_PROVE_COUNT: values.count,
      OVERLAY_RENDER_PROVE_SEED: values.seed,
      OVERLAY_RENDER_PROVE_FIGURES: figures,
    },
  },
)
stdout.write(readFileSync(figures, 'utf8'))
rmSync(figures)
exit(status ?? 3)
