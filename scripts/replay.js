// Replays the history of a repository: for each overlay of each distinct tree, compares our configs and
// manifests with the pipeline of that commit, run by hand with the tools of that time. The pipeline is
// KubeVirt's script where a commit has it, otherwise `kustomize build`. Needs no network.
//
//   pnpm replay CLONE [--sample N] [--configs-only]
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { argv, exit, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'

import { loadSource, root } from './load-source.js'

const { values, positionals } = parseArgs({
  args: argv.slice(2),
  options: { sample: { type: 'string' }, 'configs-only': { type: 'boolean', default: false } },
  allowPositionals: true,
})
const oracles = join(root, '.cache/oracles/bin')
const missing = ['yq3', 'yq4', 'kustomize3.8.7', 'kubectl'].filter((name) => !existsSync(join(oracles, name)))
const [clone] = positionals
if (clone === undefined || missing.length > 0) {
  stderr.write(
    clone === undefined
      ? 'usage: pnpm replay CLONE [--sample N] [--configs-only]\n'
      : `a replay needs the real tools of each time; missing: ${missing.join(', ')} (pnpm oracles --all)\n`,
  )
  exit(2)
}

const { replay } = await loadSource('test/history/replay.ts')
const total = { overlays: 0, configs: 0, differing: 0, same: 0, different: 0, faults: 0 }
const trees = new Set()
await replay({
  clone: resolve(clone),
  sample: values.sample === undefined ? undefined : Number(values.sample),
  manifests: !values['configs-only'],
  oracles,
  onResult({ commit, date, overlay, configs, manifests, fault, left }) {
    trees.add(commit)
    total.overlays++
    total.configs += configs.same
    total.differing += configs.different.length
    if (manifests === 'same') total.same++
    if (manifests === 'different') total.different++
    if (fault !== undefined) total.faults++
    const differing = configs.different.length === 0 ? '' : ` (differ: ${configs.different.join(', ')})`
    const said = [fault, left].flatMap((text) => (text === undefined ? [] : [`  ${text}`])).join('')
    stdout.write(
      `${date} ${commit.slice(0, 9)} ${overlay.padEnd(30)} ${configs.same} configs the same${differing}, manifests ${manifests}${said}\n`,
    )
  },
})
stdout.write(
  `${trees.size} trees, ${total.overlays} overlays: ${total.configs} configs the same, ${total.differing} not; ` +
    `${total.same} manifests the same, ${total.different} not; ${total.faults} renders failed that the pipeline by hand made\n`,
)
exit(total.differing + total.different + total.faults > 0 ? 1 : 0)
