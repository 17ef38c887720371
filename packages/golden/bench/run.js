// Runs only the benchmark of this package: `node packages/golden/bench/run.js [ROUNDS]`.
import { argv, stdout } from 'node:process'

import { loadSource } from '../../../scripts/load-source.js'

const { benchDiff } = await loadSource('packages/golden/bench/diff.ts')
stdout.write(`${await benchDiff(Number(argv[2] ?? 11))}\n`)
