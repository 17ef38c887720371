import type { OperatorName } from '../../packages/yq/src/expression/ast.ts'
import { operators } from '../../packages/yq/src/operators/table.ts'
import type { Verdict } from '../conformance/oracle.ts'
import { isForLibrary, runOurCommand, runOurs } from '../conformance/run-ours.ts'
import { readVectors, type Vector, vectorFamilies } from '../conformance/vectors.ts'
import { ODDITIES, type Oddity } from '../vectors/cases/oddities.ts'
import { OPERATOR_NOTES } from './operator-notes.ts'
import { operatorsIn } from './operators-in.ts'

interface Tally {
  cases: number
  sameOutput: number
  sameRefusal: number
  sameSentence: number
}

function newTally(): Tally {
  return { cases: 0, sameOutput: 0, sameRefusal: 0, sameSentence: 0 }
}

function count(tally: Tally, vector: Verdict, ours: Verdict): void {
  tally.cases += 1
  if (vector.output !== ours.output || (vector.error === undefined) !== (ours.error === undefined)) return
  if (vector.error === undefined) {
    tally.sameOutput += 1
    return
  }
  tally.sameRefusal += 1
  if (withoutFile(vector.error) === withoutFile(ours.error ?? '')) tally.sameSentence += 1
}

function withoutFile(sentence: string): string {
  return sentence.replace(/^Error: bad file '-': /u, 'Error: ')
}

interface Measured {
  readonly families: ReadonlyMap<string, Tally>
  readonly byOperator: ReadonlyMap<OperatorName, Tally>
  readonly oddities: ReadonlyMap<string, { readonly vector: Vector; readonly isSame: boolean }>
}

/** Runs every recorded case. */
async function measure(): Promise<Measured> {
  const families = new Map<string, Tally>()
  const byOperator = new Map<OperatorName, Tally>()
  const oddities = new Map<string, { vector: Vector; isSame: boolean }>()
  for (const family of vectorFamilies()) {
    const tally = newTally()
    families.set(family, tally)
    for (const vector of readVectors(family)) {
      const ours = isForLibrary(vector) ? runOurs(vector) : await runOurCommand(vector)
      count(tally, vector, ours)
      for (const name of operatorsIn(vector.expression)) {
        const known = byOperator.get(name) ?? newTally()
        byOperator.set(name, known)
        count(known, vector, ours)
      }
      if (family === 'oddities') {
        const isSame =
          vector.output === ours.output && (vector.error === undefined) === (ours.error === undefined)
        oddities.set(identify(vector), { vector, isSame })
      }
    }
  }
  return { families, byOperator, oddities }
}

function identify({
  document,
  expression = '.',
  flags = [],
}: Pick<Oddity, 'document' | 'expression' | 'flags'>): string {
  return JSON.stringify([document, expression, flags])
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
  return line(head) + line(head.map(() => '---')) + rows.map((row) => line(row)).join('')
}

function shareOf({ cases, sameOutput, sameRefusal }: Tally): string {
  return cases === sameOutput + sameRefusal ? 'all' : `${sameOutput + sameRefusal} of ${cases}`
}

function operatorChapter(title: string, byOperator: Measured['byOperator']): string {
  const notes = OPERATOR_NOTES[title] ?? {}
  const names = Object.keys(operators).filter((name): name is OperatorName => name in notes)
  const rows = names.map((name) => {
    const tally = byOperator.get(name) ?? newTally()
    const { written = name, differs = '' } = notes[name] ?? {}
    return [written, String(tally.cases), tally.cases === 0 ? 'none recorded' : shareOf(tally), differs]
  })
  return `### ${title}\n\n${table(['operator', 'cases', 'same', 'differs on purpose'], rows)}`
}

/** A text on one line, in a code span that shows its line breaks. */
function shown(text: string): string {
  if (text === '') return '*(nothing)*'
  const short = text.length > 90 ? `${text.slice(0, 60)}…` : text
  const line = short.replaceAll('\r', '␍').replaceAll('\n', '⏎').replaceAll('|', '\\|')
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``
}

function oddityChapter(group: Oddity['group'], measured: Measured['oddities']): string {
  const rows = ODDITIES.filter((oddity) => oddity.group === group).map((oddity) => {
    const found = measured.get(identify(oddity))
    const flags = oddity.flags === undefined ? '' : ` with ${shown(oddity.flags.join(' '))}`
    const result = found?.vector.error === undefined ? shown(found?.vector.output ?? '') : 'refused'
    const data = oddity.changesData === true ? ' **Changes data.**' : ''
    return [
      oddity.title.replaceAll('|', '\\|') + data,
      shown(oddity.document),
      shown(oddity.expression ?? '.') + flags,
      result,
      found?.isSame === true ? 'yes' : 'no',
    ]
  })
  return `### ${GROUPS[group]}\n\n${table(['behaviour', 'document', 'expression', 'yq prints', 'kept'], rows)}`
}

const GROUPS: Readonly<Record<Oddity['group'], string>> = {
  expressions: 'Reading expressions',
  paths: 'Paths',
  writing: 'Assignment',
  values: 'Values',
  reading: 'Reading documents',
  printing: 'Printing',
  comments: 'Comments',
  results: 'Results',
}

/** The compatibility page, from a run of all recorded cases. */
export async function compatibilityPage(): Promise<string> {
  const { families, byOperator, oddities } = await measure()
  const familyRows = [...families].map(([family, tally]) => [
    family,
    String(tally.cases),
    String(tally.sameOutput),
    String(tally.sameRefusal),
    String(tally.sameSentence),
    String(tally.cases - tally.sameOutput - tally.sameRefusal),
  ])
  const chapters = Object.keys(OPERATOR_NOTES).map((title) => operatorChapter(title, byOperator))
  const groups: Oddity['group'][] = [
    'expressions',
    'paths',
    'writing',
    'values',
    'reading',
    'printing',
    'comments',
    'results',
  ]
  return `${INTRODUCTION}
## What was compared

${table(['recorded cases', 'in all', 'same output', 'refused by both', 'in the same words', 'different'], familyRows)}
${OTHER_CHECKS}
## Operator by operator

Every recorded case counts for each operator in its expression. *Same* means the same bytes, or a refusal by both.

${chapters.join('\n')}
## Differences on purpose

${ON_PURPOSE}
## Oddities that are kept

Each of these is a recorded case of the real yq, and a test.

${groups.map((group) => oddityChapter(group, oddities)).join('\n')}
## The yq 3 dialect

${DIALECT_3}`
}

const INTRODUCTION = `# How this compares with yq

Patch scripts are programs in the language of [yq](https://github.com/mikefarah/yq), and \`overlay-render yq\` replaces
its command. The aim is the same bytes as yq 4.53.6, and as yq 3.4.1 for \`yq write --script\`.

- [What was compared](#what-was-compared), and [the result for each operator](#operator-by-operator)
- [What differs on purpose](#differences-on-purpose)
- [What looks like a bug of yq, and is kept](#oddities-that-are-kept)
- [The yq 3 dialect](#the-yq-3-dialect)

This page is generated from test results: \`node scripts/write-compatibility.js\` runs all recorded cases and writes it again.
`

const OTHER_CHECKS = `Refusals in other words are crashes of yq (a Go panic), which are errors here, and \`load\`, since the library is given no
files in these runs.

More is compared where the tools are installed (\`pnpm oracles\`):

- \`node scripts/fuzz.js --cases 20000\` runs random expressions on random documents with both, and prints how many agree.
- \`node scripts/fuzz-v3.js --cases 5000\` does so for yq 3 scripts, against yq 3.4.1 itself or, with \`--against library\`, its
  YAML library.
- \`node scripts/replay-v3.js CLONE\` runs every yq 3 script of a repository's history on the base configs of its time.
- Every YAML file of the real trees is printed in four layouts and compared with digests of yq's output.
- The examples of yq's manual and yq's own scenarios run where yq's sources are in Go's module cache.
`

const ON_PURPOSE = `- **Errors** end with yq's own sentence as the last line of stderr; before it are the position, the line and a caret.
- **Patch scripts reach nothing outside**: \`env\`, \`strenv\`, \`envsubst\` and \`load\` are refused unless the workspace
  allows them, and \`load\` then stays inside the stage. \`system\` is always refused. \`overlay-render yq\` behaves like yq.
- **Bounds** apply where yq would use up memory or never end: a run makes at most two million nodes besides its documents
  (or four times these), texts of 16 million characters, and takes 50 million steps; the printed text has at most 256
  million characters. \`test/hostile/yq-growth.ts\` lists the ways to grow; each ends in an error of one sentence.
- **\`completion\`** (or \`shell-completion\`) prints a script for bash, zsh, fish or powershell, like yq. It completes
  \`overlay-render yq\`, and holds all words itself, while yq's script runs the program at every key.
- **Formats** are yaml, json, props, csv, tsv, xml, base64, uri, toml, ini and sh. The project has its own readers for toml and ini, because
  no JavaScript library gives the bytes of yq's Go libraries: go-toml reads comments and accepts duplicate keys, go-ini has its own quotes and
  line ends. With \`-C\`, toml has no colours. A value of ini whose \`%(name)s\` doubles without end is refused.
- **Colours** (\`-C\`) are on whole keys, values and comments, in yq's colours. yq also colours the blanks and line ends around them, and
  loses characters beyond U+FFFF; here the text without its colours is what is printed without \`-C\`.
- **lua**, **hcl** and **kyaml** are refused, with a sentence that lists the supported formats. No config of Prow and no manifest of the trees
  that were compared is written in them. kyaml is YAML, so its output is read as yaml.
- **Warnings** go to stderr where kept behaviour changes data in a way that a script's author may not expect.
- **\`--print preserve\`** is an addition: only the bytes that an expression changed differ.
`

const DIALECT_3 = `Scripts and documents of any shape are compared with the binary of yq 3.4.1: recorded answers, random cases, and every yq 3 script
that KubeVirt had, on every base config of its time. The binary is built from yq's public repository; where it is missing, those
tests say that they are skipped. To move to yq 4, see [From yq 3 to yq 4](migrate-yq3.md).

Kept of yq 3:

- The character after \`]\`, a closing quote or \`)\` in a path is dropped: \`a[0][1]\` looks for the key \`1]\`. **A warning says so**, also for
  a path that begins with a dot.
- A node of the wrong kind on the way is replaced, also by a delete or a filter that finds nothing: \`a.b\` over \`a: text\` makes a map.
  **A warning says so.**
- An update takes style, tag, anchor and comments of the script's value, and so drops a line comment that was there.
- One value that a command puts at several places is one collection: whether a later change shows at the other places follows Go's
  slices, with their capacity.
- An update without a value leaves a node without a kind: null where the node is new, an error when a node that was there is printed.
- A merge key in a command overrides the fields before it. Keys that yq 3 does not know mean nothing; **a warning asks** when one is
  close to \`command\`, \`path\` or \`value\`.
- A filter and \`**\` forgive an index that is out of range, and nothing else.
- New keys that are numbers are quoted; \`!!merge <<\` is printed with its tag.
- A comment after \`key:\` with a scalar on the next line is printed so that what follows is not valid YAML. **A warning says so.**
- Comments after \`|\` and \`>\` are dropped.
- A command without a path replaces the whole document. **A warning says so.**

Refused, with the position in the script:

- what makes yq 3 crash or fail: a \`delete\` without a path or by a negative index, a filter through a merge key that leads to a list
  with an odd number of items, an emptied node that is printed;
- what has no end, or none in time: an alias that leads back to itself, more than 100,000 items that pad lists, collections that are put into
  themselves or unfold to more than a million nodes, aliases of commands beyond the share that yq 3 allows;
- a collection of more than 512 nodes at several places that is extended: builds of yq 3.4.1 with other versions of Go differ;
- \`-d '*'\` where the last document becomes null, and dates with \`-j\`.
`
