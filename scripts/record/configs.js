// Records digests of the real yq's output for the base configs of the KubeVirt trees: node
// scripts/record/configs.js
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { loadSource, root } from '../load-source.js'

const { kubevirt2026ByHand } = await loadSource('test/support/corpus-by-hand.ts')
const { prepareByHand } = await loadSource('test/support/prepare-by-hand.ts')
const { kubevirt2021Configs } = await loadSource('test/support/v3-in-v4.ts')

const digest = (bytes) => createHash('sha256').update(bytes).digest('hex')
const digests = (configs) => Object.fromEntries([...configs].map(([path, bytes]) => [path, digest(bytes)]))

const recorded = { 'kubevirt-2026': {}, 'kubevirt-2021': {} }
for (const [overlay, work] of Object.entries(kubevirt2026ByHand)) {
  recorded['kubevirt-2026'][overlay] = digests((await prepareByHand(work)).configs)
}
for (const overlay of ['ibmcloud-production', 'kubevirtci-testing', 'workloads-production']) {
  recorded['kubevirt-2021'][overlay] = digests(await kubevirt2021Configs(overlay))
}
writeFileSync(join(root, 'test/corpus/recorded-configs.json'), `${JSON.stringify(recorded, undefined, 2)}\n`)
