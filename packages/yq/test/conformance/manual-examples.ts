import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { YQ_LIBRARY } from './yq-sources.ts'

/** An example of yq's manual: its input files, command line and output. */
export interface ManualExample {
  readonly page: string
  readonly title: string
  readonly files: readonly { readonly name: string; readonly text: string }[]
  readonly command: string
  readonly output: string
}

/** The examples of all pages about operators, or about formats and usage, read from the sources of yq. */
export function manualExamples(pages: 'operators' | 'usage' = 'operators'): ManualExample[] {
  const folder = join(YQ_LIBRARY, 'doc', pages)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => examplesOf(name.replace('.md', ''), readFileSync(join(folder, name), 'utf8')))
}

const BLOCK = /(.*)\n```(?:bash|yaml|json|xml|csv|tsv|properties|sh)?\n([^]*?)```/g
const FILE = /^(?:Given a|And another sample) (\S+) file of:$/

function examplesOf(page: string, text: string): ManualExample[] {
  return text
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const [title = ''] = section.split('\n', 1)
      const example = readSection(section)
      return example === undefined ? [] : [{ page, title, ...example }]
    })
}

function readSection(section: string): Pick<ManualExample, 'files' | 'command' | 'output'> | undefined {
  const files: { name: string; text: string }[] = []
  let command: string | undefined
  for (const [, introduction = '', content = ''] of section.matchAll(BLOCK)) {
    const name = FILE.exec(introduction)?.[1]
    if (name !== undefined) files.push({ name, text: content })
    else if (introduction === 'then' || introduction === 'Running') command = content.replace(/\n$/, '')
    else if (introduction === 'will output' && command !== undefined)
      return { files, command, output: content }
  }
  return undefined
}

export interface CommandLine {
  readonly environment: Readonly<Record<string, string>>
  readonly words: readonly string[]
}

/** Splits a command line like a shell: leading assignments, then words with quotes of both kinds. */
export function readCommandLine(text: string): CommandLine {
  const words = [...text.matchAll(/(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/g)].map(([word]) =>
    word.replaceAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g, (_, single, double, escaped) =>
      String(single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped),
    ),
  )
  const start = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word))
  const environment = Object.fromEntries(
    words
      .slice(0, start)
      .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  )
  return { environment, words: words.slice(start) }
}
