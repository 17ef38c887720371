// Writes docs/rules.md from the rule definitions: the sentence, the severity and the examples, which are also
// the tests.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'

import { loadSource, root } from './load-source.js'

const INTRODUCTION = `# Rules

\`overlay-render check\` runs the rules on patch scripts, kustomizations, builds and manifests, \`overlay-render jobs check\` those on Prow. An
error makes the exit status 1; with \`--strict\` a warning does, too. Turn a rule off, or give it another severity, by its name and a path in
\`overlay-render.yaml\`:

\`\`\`yaml
rules:
  - {rule: positional-path, severity: off}
  - {rule: no-namespace, severity: warning, path: overlays/testing/**}
\`\`\`

\`check --base REV\` reports only findings that the revision does not have. \`check --write-baseline\` writes the findings of today to a file, and
later runs ignore them; use it without git.

This page is generated from the rules by \`node scripts/write-rules.js\`. Each example is a test of its rule.
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
  if (examples.fires.length > 0) parts.push(`Reported:\n\n${says(examples.fires)}`)
  if (examples.silent.length > 0) parts.push(`Not reported:\n\n${says(examples.silent)}`)
  return parts.join('\n\n')
}

/** Findings without a rule of their own, so without examples. */
const OF_RENDER = 'Reported by a render itself'
const OF_READING = "Reported while Prow's files are read"

const OF_CLUSTER = `## Reported by commands that work with a cluster

They are about what a cluster has, or what its API server says, so no setting changes them. [Clusters](cluster.md) has the commands.`

function clusterTable(findings) {
  const rows = findings.map(
    ({ name, severity, doc, commands }) =>
      `| \`${name}\` | ${severity} | ${doc} | ${commands.map((command) => `\`${command}\``).join(', ')} |`,
  )
  return ['| finding | severity | it reports that | commands |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  )
}

/** A summary table of the rules of one kind. */
function tableOf(rules, show) {
  const rows = rules.map((rule) => `| ${show(rule)} | ${rule.severity} | ${rule.doc} |`)
  return ['| rule | severity | it reports that |', '| --- | --- | --- |', ...rows].join('\n')
}

/** Returns the page. */
export async function writeRules() {
  const { RULES } = await loadSource('packages/check/src/rule-sets.ts')
  const { PROW_RULES } = await loadSource('packages/prow/src/rules/rules.ts')
  const sections = Object.entries({ ...RULES, prow: PROW_RULES })
    .filter(([, rules]) => rules.length > 0)
    .map(
      ([about, rules]) =>
        `## ${TITLES[about]}\n\n${tableOf(rules, ({ name }) => `[\`${name}\`](#${name})`)}\n\n${rules.map(ruleText).join('\n\n')}`,
    )
  const { RENDER_FINDINGS } = await loadSource('packages/render/src/check/render-findings.ts')
  const { READING_RULES } = await loadSource('packages/prow/src/rules/reading-rules.ts')
  const others = Object.entries({ [OF_RENDER]: RENDER_FINDINGS, [OF_READING]: READING_RULES }).map(
    ([title, findings]) => `## ${title}\n\n${tableOf(findings, ({ name }) => `\`${name}\``)}`,
  )
  const { CLUSTER_FINDINGS } = await loadSource('packages/cluster/src/cluster-findings.ts')
  const ofCluster = `${OF_CLUSTER}\n\n${clusterTable(CLUSTER_FINDINGS)}`
  return `${INTRODUCTION}\n${[...sections, ...others, ofCluster].join('\n\n')}\n`
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(join(root, 'docs/rules.md'), await writeRules())
