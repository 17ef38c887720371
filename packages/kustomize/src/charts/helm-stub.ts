import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { writeStaged } from '../build/write-staged.ts'

/**
 * A stub that kustomize runs instead of helm. Each version of kustomize has its own way to find charts, merge values and choose options.
 * The stub prints the output of the pinned helm for exactly the same command, recorded when the chart was vendored. So a render runs no
 * helm, the bytes are the same as with helm, and a changed value is an error.
 */

/** A command for helm, and its output. */
export interface HelmAnswer {
  /** The arguments, one per line, with the chart's label instead of its path and the content of values files. */
  readonly asked: string
  readonly printed: Uint8Array
}

export interface HelmStub {
  /** An empty folder. */
  readonly folder: string
  /** The version of the pinned helm. */
  readonly version: string
  /** The folders of charts in the stage, with their labels: the name and a digest of the files. */
  readonly charts: ReadonlyMap<string, string>
}

/** The stub's message in the output of a failed build: the kind of failure, the chart's label, and helm's message. */
export const HELM_STUB_ERROR: RegExp =
  /overlay-render: (unknown|differs|failed): chart (\S+(?: \S+)?) sha256:\w+(?:: (.*))?/u

/** Writes a stub with these answers. Returns the path of the program. */
export function writeHelmStub({
  answers,
  ...stub
}: HelmStub & { readonly answers: readonly HelmAnswer[] }): string {
  const folder = join(stub.folder, 'answers')
  writeStaged(() => {
    mkdirSync(folder)
    for (const [index, { asked, printed }] of answers.entries()) {
      writeFileSync(join(folder, `${index}.asked`), asked)
      writeFileSync(join(folder, `${index}.printed`), printed)
    }
  })
  return writeProgram(
    stub,
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
 * Writes a stub that runs the real helm twice and records its output for `recordedAnswers`. Returns the path of the program.
 *
 * @param helm the absolute path of the pinned helm
 */
export function writeHelmRecorder({ helm, ...stub }: HelmStub & { readonly helm: string }): string {
  writeStaged(() => mkdirSync(join(stub.folder, 'kept')))
  return writeProgram(
    stub,
    `
export HOME="$TMPDIR/helm-home" HELM_CONFIG_HOME="$TMPDIR/helm-home" HELM_CACHE_HOME="$TMPDIR/helm-home" HELM_DATA_HOME="$TMPDIR/helm-home" HELM_PLUGINS="$TMPDIR/helm-home" KUBECONFIG=/dev/null
kept=${quote(join(stub.folder, 'kept'))} number=0
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

/** The answers recorded by a recorder, without duplicates. */
export function recordedAnswers(folder: string): HelmAnswer[] {
  const kept = join(folder, 'kept')
  const names = readdirSync(kept).filter((name) => name.endsWith('.asked'))
  const answers = names.map((name) => ({
    asked: readFileSync(join(kept, name), 'utf8'),
    printed: readFileSync(join(kept, name.replace(/asked$/u, 'printed'))),
  }))
  return [...new Map(answers.map((answer) => [answer.asked, answer])).values()]
}

/** The chart's label in a command. */
export function chartOf(asked: string): string | undefined {
  return asked.split('\n').find((line) => /^chart \S+(?: \S+)? sha256:[0-9a-f]{64}$/u.test(line))
}

/** Writes the common part of both stubs, which formats the command, followed by the answer. */
function writeProgram({ folder, version, charts }: HelmStub, answer: string): string {
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
  writeStaged(() => writeFileSync(program, text, { mode: 0o700 }))
  return program
}

/** Quotes a text as one shell word. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
