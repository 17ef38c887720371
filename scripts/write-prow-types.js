// Writes packages/prow/src/schema/prow-types.ts: the Go types of Prow's files, as printed by the oracle
// prow-config.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { root } from './load-source.js'

const { types } = JSON.parse(
  execFileSync(join(root, '.cache/oracles/bin/prow-config'), ['types'], { encoding: 'utf8' }),
)
const lines = Object.entries(types)
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, fields]) =>
    [name, ...Object.entries(fields).map(([field, type]) => `${field}:${type}`)].join(' '),
  )

writeFileSync(
  join(root, 'packages/prow/src/schema/prow-types.ts'),
  `// Written by scripts/write-prow-types.js.
/**
 * The Go types that Prow decodes its files into, one a line: the name of a struct, then its fields as \`name:type\`. A
 * \`?\` says that the field's zero value is left out of JSON. A type is a word, \`!\` and a Go type that decodes itself,
 * the name of a struct, or \`*\` (pointer), \`[\` (list) or \`{\` (map) and a type; \`^\` in front marks what comes from
 * an embedded struct.
 */
export const PROW_TYPES = \`
${lines.join('\n')}
\`
`,
)
