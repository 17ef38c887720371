// Checks the trees before and after commits that mended a fault, and prints whether a finding named it and is
// gone. The commits are those of test/history/fixes.yaml. Needs no network.
//
//   pnpm replay:fixes CLONES [COMMIT...]
import { join, resolve } from 'node:path'
import { argv, exit, stderr, stdout } from 'node:process'

import { loadSource, root } from './load-source.js'

const [clones, ...commits] = argv.slice(2)
if (clones === undefined) {
  stderr.write('usage: pnpm replay:fixes CLONES [COMMIT...]; CLONES holds bare clones, named ORG+REPO/repo\n')
  exit(2)
}
const { cloneOf, judgeFix, listFixes } = await loadSource('test/history/fixes.ts')
const programs = { '3.8.7': join(root, '.cache/oracles/bin/kustomize3.8.7') }
const total = { found: 0, missed: 0, unseen: 0, absent: 0 }
for (const fix of listFixes()) {
  const { repository, commit, rule, fault, unseen } = fix
  if (commits.length > 0 && !commits.includes(commit)) continue
  const clone = cloneOf(fix, resolve(clones))
  const line = (verdict, text) => stdout.write(`${verdict.padEnd(8)} ${repository} ${commit} ${text}\n`)
  if (unseen !== undefined) {
    total.unseen++
    line('unseen', unseen)
  } else if (clone === undefined) {
    total.absent++
    line('absent', 'there is no clone')
  } else {
    const { isFound, isGone } = await judgeFix(fix, clone, programs)
    total[isFound && isGone ? 'found' : 'missed']++
    line(isFound ? (isGone ? 'found' : 'stays') : 'missed', `${rule}: ${fault}`)
  }
}
const { found, missed, unseen, absent } = total
stdout.write(
  `${found} found and gone, ${missed} missed, ${unseen} that no rule can tell, ${absent} without a clone\n`,
)
exit(missed > 0 ? 1 : 0)
