import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What kustomize runs in place of helm. kustomize itself looks for the chart, merges the values and decides on the options, each version in
 * its own way; the stand-in gives the answer that the pinned helm gave to the very same question when the chart was vendored. So no helm
 * runs in a render, the bytes are those of a build with helm, and a changed value is a question without an answer.
 */

/** What helm was asked, and what it printed. */
export interface HelmAnswer {
  /** The words of the command, one a line, the chart as its label and files of values as their content. */
  readonly asked: string
  readonly printed: Uint8Array
}

export interface StandIn {
  /** An empty folder of the caller's own. */
  readonly folder: string
  /** The version of the pinned helm. */
  readonly version: string
  /** The folders of charts in the stage, and what a question calls each of them: its name, and a digest of its files. */
  readonly charts: ReadonlyMap<string, string>
}

/** By this line of the stand-in a failed build is known: what happened, the chart's label, and what helm said. */
export const STAND_IN_SAID: RegExp =
  /overlay-render: (unknown|differs|failed): chart (\S+(?: \S+)?) sha256:\w+(?:: (.*))?/u

/** Lays a stand-in that knows these answers. Returns the path of the program. */
export function layStandIn({
  answers,
  ...standIn
}: StandIn & { readonly answers: readonly HelmAnswer[] }): string {
  const folder = join(standIn.folder, 'answers')
  mkdirSync(folder)
  for (const [index, { asked, printed }] of answers.entries()) {
    writeFileSync(join(folder, `${index}.asked`), asked)
    writeFileSync(join(folder, `${index}.printed`), printed)
  }
  return layProgram(
    standIn,
    `
for known in ${quote(folder)}/*.asked; do
  if [ -e "$known" ] && [ "$(command -p cat "$known")" = "$asked" ]; then
    command -p cat "\${known%.asked}.printed"
    exit
  fi
done
say unknown
`,
  )
}

/**
 * Lays a stand-in that asks the real helm, twice, and keeps its answers for `keptAnswers`. Returns the path of the program.
 *
 * @param helm the absolute path of the pinned helm
 */
export function layRecorder({ helm, ...standIn }: StandIn & { readonly helm: string }): string {
  mkdirSync(join(standIn.folder, 'kept'))
  return layProgram(
    standIn,
    `
export HOME="$TMPDIR/helm-home" HELM_CONFIG_HOME="$TMPDIR/helm-home" HELM_CACHE_HOME="$TMPDIR/helm-home" HELM_DATA_HOME="$TMPDIR/helm-home" HELM_PLUGINS="$TMPDIR/helm-home" KUBECONFIG=/dev/null
kept=${quote(join(standIn.folder, 'kept'))} number=0
while [ -e "$kept/$number.printed" ]; do number=$((number + 1)); done
for turn in printed again; do
  ${quote(helm)} "$@" >"$kept/$number.$turn" 2>"$kept/said" || { said="$(command -p cat "$kept/said")"; say failed "$said"; }
done
[ "$(command -p cat "$kept/$number.printed")" = "$(command -p cat "$kept/$number.again")" ] || say differs
printf '%s\\n' "$asked" >"$kept/$number.asked"
command -p cat "$kept/$number.printed"
`,
  )
}

/** What a recorder has kept, each question once. */
export function keptAnswers(folder: string): HelmAnswer[] {
  const kept = join(folder, 'kept')
  const names = readdirSync(kept).filter((name) => name.endsWith('.asked'))
  const answers = names.map((name) => ({
    asked: readFileSync(join(kept, name), 'utf8'),
    printed: readFileSync(join(kept, name.replace(/asked$/u, 'printed'))),
  }))
  return [...new Map(answers.map((answer) => [answer.asked, answer])).values()]
}

/** The label of the chart that a question is about. */
export function chartOf(asked: string): string | undefined {
  return asked.split('\n').find((line) => /^chart \S+(?: \S+)? sha256:[0-9a-f]{64}$/u.test(line))
}

/** The first half of both: the question, as text. What follows answers it. */
function layProgram({ folder, version, charts }: StandIn, answer: string): string {
  const names = [...charts].map(
    ([path, label]) => `    ${quote(path)}) chart=${quote(label)} word=$chart ;;\n`,
  )
  const program = join(folder, 'helm')
  const text = `#!/bin/sh
say() { echo "overlay-render: $1: $chart: $2" >&2; exit 1; }
case "$1" in
  version) echo v${version}; exit ;;
  template) ;;
  *) exit 1 ;;
esac
asked= chart= before=
for word in "$@"; do
  written=$word
  case "$before" in
    -f | --values) word="$(command -p cat "$word")" ;;
  esac
  before=$written
  case "$written" in
${names.join('')}  esac
  asked="$asked$word
"
done
asked="helm ${version}
\${asked%?}"
${answer}`
  writeFileSync(program, text, { mode: 0o700 })
  return program
}

/** A word of the shell that is this text. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
