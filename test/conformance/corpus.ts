import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { cwd } from 'node:process'

/** Real trees, beside the project's root. They are inputs: none of their content is kept in the project. */
export const corpus: string = resolve(cwd(), '../shared/corpus')

export const hasCorpus: boolean = existsSync(corpus)

/** The YAML files of the corpus, relative to it, in order of their names. */
export function corpusFiles(): string[] {
  if (!hasCorpus) return []
  return readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/u.test(name) && statSync(join(corpus, name)).isFile())
    .sort()
}

/**
 * The text of a corpus file. Symbolic links are kept there as small files that hold the link's target, as git
 * stores them; they are followed.
 */
export function readCorpusFile(name: string): string {
  const path = join(corpus, name)
  const text = readFileSync(path, 'utf8')
  if (text.length > 300 || text.includes('\n') || !text.includes('/')) return text
  const target = resolve(dirname(path), text)
  return existsSync(target) ? readCorpusFile(relative(corpus, target)) : text
}

/** The base configuration, relative to the corpus, that each patch script of a dialect's deployment is run over. */
export function corpusScripts(deployment: string): { readonly script: string; readonly base: string }[] {
  return corpusFiles()
    .filter((name) => name.startsWith(`${deployment}/`) && name.includes('/yq_scripts/'))
    .map((script) => ({
      script,
      base: join(deployment, 'prow-deploy/files', script.slice(script.lastIndexOf('/') + 1)),
    }))
}
