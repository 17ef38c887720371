// Writes docs/yq-compatibility.md from a run of all recorded cases.
import { join } from 'node:path'
import { chdir, stdout } from 'node:process'

import { loadSource, root } from './load-source.js'

chdir(root)
const { writeAtomically } = await loadSource('packages/system/src/index.ts')
const { compatibilityPage } = await loadSource('test/compatibility/page.ts')
await writeAtomically(join(root, 'docs/yq-compatibility.md'), await compatibilityPage(), { guarded: [] })
stdout.write('docs/yq-compatibility.md is written\n')
