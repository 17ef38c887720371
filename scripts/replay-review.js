// Reviews commits of real repositories as a stranger does, with the settings that `init` writes, and holds what
// the review says against the renders of two plain checkouts. Needs no network.
//
//   pnpm replay:review CLONES [--sample N] [--only ORG/REPO] [--part I/N]
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { argv, exit, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'

import { loadSource, root } from './load-source.js'

const { values, positionals } = parseArgs({
  args: argv.slice(2),
  options: {
    sample: { type: 'string' },
    only: { type: 'string' },
    part: { type: 'string', default: '1/1' },
  },
  allowPositionals: true,
})
const [clones] = positionals
const oracles = join(root, '.cache/oracles/bin')
const programs = {
  3: { version: '3.8.7', path: join(oracles, 'kustomize3.8.7') },
  4: { version: '4.5.4' },
  5: { version: '5.8.1', path: join(oracles, 'kustomize5') },
}
const missing = Object.values(programs).filter(({ path }) => path !== undefined && !existsSync(path))
if (clones === undefined || missing.length > 0) {
  stderr.write(
    clones === undefined
      ? 'usage: pnpm replay:review CLONES [--sample N] [--only ORG/REPO] [--part I/N]; CLONES holds bare clones, named ORG+REPO/repo\n'
      : `trees of each time need a kustomize of it; missing: ${missing.map(({ version }) => version).join(', ')} (pnpm oracles --all)\n`,
  )
  exit(2)
}
const { REVIEWED, replayReviews } = await loadSource('test/history/replay-review.ts')
const [index, count] = values.part.split('/').map(Number)
const total = { reviews: 0, changed: 0, same: 0, left: 0, faults: 0 }
for (const reviewed of REVIEWED) {
  const { repository } = reviewed
  if (values.only !== undefined && values.only !== repository) continue
  const clone = join(resolve(clones), repository.replace('/', '+'), 'repo')
  if (!existsSync(clone)) {
    stdout.write(`${repository}: skipped, there is no clone\n`)
    continue
  }
  await replayReviews(reviewed, {
    clone,
    programs,
    part: { index, count },
    sample: values.sample === undefined ? reviewed.sample : Number(values.sample),
    onResult({ commit, date, status, changed, counts, faults, left }) {
      const told =
        left ??
        `${changed.length === 0 ? 'no overlay' : changed.join(', ')} changed, +${counts.added} -${counts.removed}`
      const place = `${repository} ${date} ${commit.slice(0, 9)}`
      stdout.write(`${place} ${status ?? '-'} ${[told, ...faults].join('; WRONG: ')}\n`)
      if (left !== undefined) total.left++
      else {
        total.reviews++
        total[changed.length === 0 ? 'same' : 'changed']++
        if (faults.length > 0) total.faults++
      }
    },
  })
}
stdout.write(
  `${total.reviews} reviews: ${total.changed} with changed overlays, ${total.same} without; ` +
    `${total.faults} that the renders contradict; ${total.left} commits left out\n`,
)
exit(total.faults > 0 ? 1 : 0)
