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
  sameError: number
  sameMessage: number
}

function newTally(): Tally {
  return { cases: 0, sameOutput: 0, sameError: 0, sameMessage: 0 }
}

function count(tally: Tally, vector: Verdict, ours: Verdict): void {
  tally.cases += 1
  if (vector.output !== ours.output || (vector.error === undefined) !== (ours.error === undefined)) return
  if (vector.error === undefined) {
    tally.sameOutput += 1
    return
  }
  tally.sameError += 1
  if (withoutFile(vector.error) === withoutFile(ours.error ?? '')) tally.sameMessage += 1
}

function withoutFile(sentence: string): string {
  return sentence.replace(/^Error: bad file '-': /u, 'Error: ')
}

interface Measured {
  readonly families: ReadonlyMap<string, Tally>
  readonly byOperator: ReadonlyMap<OperatorName, Tally>
  readonly oddities: ReadonlyMap<string, { readonly vector: Vector; readonly isSame: boolean }>
}

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

function shareOf({ cases, sameOutput, sameError }: Tally): string {
  return cases === sameOutput + sameError ? 'all' : `${sameOutput + sameError} of ${cases}`
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

/** Formats a text as a code span on one line, with visible line breaks. */
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
    const result = found?.vector.error === undefined ? shown(found?.vector.output ?? '') : 'an error'
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

/** Runs all recorded cases and returns the compatibility page. */
export async function compatibilityPage(): Promise<string> {
  const { families, byOperator, oddities } = await measure()
  const familyRows = [...families].map(([family, tally]) => [
    family,
    String(tally.cases),
    String(tally.sameOutput),
    String(tally.sameError),
    String(tally.sameMessage),
    String(tally.cases - tally.sameOutput - tally.sameError),
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

${table(['recorded cases', 'total', 'same output', 'error of both', 'with the same message', 'different'], familyRows)}
${OTHER_CHECKS}
## Operator by operator

Every recorded case counts for each operator in its expression. *Same* means the same bytes, or an error of both.

${chapters.join('\n')}
## Differences on purpose

${ON_PURPOSE}
## Odd behaviour that is kept

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
- [What looks like a bug of yq, and is kept](#odd-behaviour-that-is-kept)
- [The yq 3 dialect](#the-yq-3-dialect)

This page is generated from test results: \`node scripts/write-compatibility.js\` runs all recorded cases and writes it again.
`

const OTHER_CHECKS = `Errors with another message are crashes of yq (a Go panic), which are errors here, and \`load\`, because these runs give the library
no files.

More is compared where the tools are installed (\`pnpm oracles\`):

- \`node scripts/fuzz.js --cases 20000\` runs random expressions on random documents with both, and prints how many agree.
- \`node scripts/fuzz-v3.js --cases 5000\` does so for yq 3 scripts, against yq 3.4.1 itself or, with \`--against library\`, its
  YAML library.
- \`node scripts/replay-v3.js CLONE\` runs every yq 3 script of a repository's history on the base configs of its time.
- Every YAML file of the real trees is printed in four layouts and compared with digests of yq's output.
- The examples of yq's manual and yq's own scenarios run where yq's sources are in Go's module cache.
`

const ON_PURPOSE = `- **Errors** end with yq's own message as the last line of stderr; before it are the position, the line and a caret.
- **Patch scripts have no access to files and the environment**: \`env\`, \`strenv\`, \`envsubst\` and \`load\` are errors unless the
  workspace allows them, and \`load\` then reads only files of the stage. \`system\` is always an error. \`overlay-render yq\` behaves like yq.
- **Limits** apply where yq would run out of memory or never end: a run creates at most two million nodes besides its documents
  (or four times these) and texts of 16 million characters, and takes at most 50 million steps; the printed text has at most 256
  million characters. \`test/hostile/yq-growth.ts\` lists expressions that grow without limit; each ends with a one-sentence error.
- **\`completion\`** (or \`shell-completion\`) prints a script for bash, zsh, fish or powershell, like yq. It completes
  \`overlay-render yq\` and contains all words, while yq's script runs the program for every completion.
- **Formats** are yaml, json, props, csv, tsv, xml, base64, uri, toml, ini and sh. The project has its own readers for toml and ini, because
  no JavaScript library prints the bytes of yq's Go libraries: go-toml reads comments and accepts duplicate keys, go-ini has its own
  quotes and line ends. With \`-C\`, toml has no colours. An ini value whose \`%(name)s\` expands without end is an error.
- **Colours** (\`-C\`) are on whole keys, values and comments, in yq's colours. yq also colours the blanks and line ends around them, and
  loses characters above U+FFFF; here the text without colours equals the output without \`-C\`.
- **lua**, **hcl** and **kyaml** are errors that list the supported formats. No config of Prow and no manifest of the compared
  trees uses them. kyaml is YAML, so its output is read as yaml.
- **Warnings** go to stderr where kept behaviour changes data in a way that the author of a script may not expect.
- **\`--print preserve\`** is an addition: only the bytes that an expression changed differ.
`

const DIALECT_3 = `Scripts and documents of any shape are compared with the binary of yq 3.4.1: recorded answers, random cases, and every yq 3 script
that KubeVirt had, on every base config of its time. The binary is built from yq's public repository; where it is missing, those
tests say that they are skipped. To move to yq 4, see [From yq 3 to yq 4](migrate-yq3.md).

Behaviour of yq 3 that is kept:

- The character after \`]\`, a closing quote or \`)\` in a path is dropped: \`a[0][1]\` looks for the key \`1]\`. **A warning says so**, also for
  a path that begins with a dot.
- If the path continues below a node of the wrong kind, that node is replaced, even by a delete or a filter that finds nothing:
  the path \`a.b\` on \`a: text\` creates a map. **A warning says so.**
- An update takes the style, tag, anchor and comments of the script's value, so it removes the line comment of the old value.
- If a command writes one collection to several paths, they share it. Whether a later change at one path appears at the others
  depends on the capacity of Go's slices, as in yq 3.
- An update without a value leaves a node without a kind: a new node is printed as null, an old one is an error when it is printed.
- A merge key in a command overrides the fields before it. yq 3 ignores unknown keys; **a warning asks** when one is
  similar to \`command\`, \`path\` or \`value\`.
- A filter and \`**\` ignore an index that is out of range, and no other error.
- New keys that are integers are quoted; \`!!merge <<\` is printed with its tag.
- A comment after \`key:\` with a scalar on the next line is printed such that the output is not valid YAML. **A warning says so.**
- Comments after \`|\` and \`>\` are dropped.
- A command without a path replaces the whole document. **A warning says so.**

Rejected, with the position in the script:

- what makes yq 3 crash or fail: a \`delete\` without a path or by a negative index, a filter on a merge key that refers to a list
  with an odd number of items, a printed node without a kind;
- what does not end, or takes too long: an alias inside its own anchor, more than 100,000 items that pad lists, collections that
  contain themselves or expand to more than a million nodes, aliases in commands beyond the ratio that yq 3 allows;
- an addition to a collection of more than 512 nodes that several paths share: builds of yq 3.4.1 with other versions of Go differ;
- \`-d '*'\` if the last document becomes null, and dates with \`-j\`.
`
