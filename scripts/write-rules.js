// Writes docs/rules.md from the rules themselves: their sentence, how much they weigh, and the examples that are their tests.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'

import { loadSource, root } from './load-source.js'

const INTRODUCTION = `# Rules

Written by \`node scripts/write-rules.js\` from the rules. Each example is a test of its rule.

\`overlay-render check\` runs the rules on patch scripts, builds and manifests, \`overlay-render jobs check\` those on Prow. A rule is lowered or
turned off by name, and by path, in \`overlay-render.yaml\`:

\`\`\`yaml
rules:
  - {rule: positional-path, severity: off}
  - {rule: no-namespace, severity: warning, path: overlays/testing/**}
\`\`\`

\`check --base REV\` reports only what is not at that revision, \`check --write-baseline\` keeps the findings of today for those without git.
`

const TITLES = {
  scripts: 'Patch scripts',
  kustomizations: 'Kustomizations',
  builds: 'Builds: what each step of a kustomization did',
  manifests: 'Rendered manifests',
  prow: "Prow's jobs, config and plugins",
}

function ruleText({ name, severity, doc, examples }) {
  const says = (list) => list.map((example) => `- ${example.says}`).join('\n')
  const parts = [`### ${name}`, `**${severity}.** ${doc}`]
  if (examples.fires.length > 0) parts.push(`It fires for:\n\n${says(examples.fires)}`)
  if (examples.silent.length > 0) parts.push(`It is silent for:\n\n${says(examples.silent)}`)
  return parts.join('\n\n')
}

/** The page. */
export async function writeRules() {
  const { RULES } = await loadSource('packages/check/src/rule-sets.ts')
  const { PROW_RULES } = await loadSource('packages/prow/src/rules/rules.ts')
  const sections = Object.entries({ ...RULES, prow: PROW_RULES })
    .filter(([, rules]) => rules.length > 0)
    .map(([about, rules]) => `## ${TITLES[about]}\n\n${rules.map(ruleText).join('\n\n')}`)
  return `${INTRODUCTION}\n${sections.join('\n\n')}\n`
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(join(root, 'docs/rules.md'), await writeRules())
