import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { cwd } from 'node:process'

/** Real repositories next to the project. Tests only read them; the project contains none of their content. */
export const corpus: string = resolve(cwd(), '../shared/corpus')

export const hasCorpus: boolean = existsSync(corpus)

/** The YAML files of the corpus, as sorted relative paths. */
export function corpusFiles(): string[] {
  if (!hasCorpus) return []
  return readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/u.test(name) && statSync(join(corpus, name)).isFile())
    .sort()
}

/**
 * Reads a corpus file. The corpus stores symbolic links the way git does, as small files that contain the
 * target path; this function follows them.
 */
export function readCorpusFile(name: string): string {
  const path = join(corpus, name)
  const text = readFileSync(path, 'utf8')
  if (text.length > 300 || text.includes('\n') || !text.includes('/')) return text
  const target = resolve(dirname(path), text)
  return existsSync(target) ? readCorpusFile(relative(corpus, target)) : text
}

/** The patch scripts of a deployment, each with its base config, as paths relative to the corpus. */
export function corpusScripts(deployment: string): { readonly script: string; readonly base: string }[] {
  return corpusFiles()
    .filter((name) => name.startsWith(`${deployment}/`) && name.includes('/yq_scripts/'))
    .map((script) => ({
      script,
      base: join(deployment, 'prow-deploy/files', script.slice(script.lastIndexOf('/') + 1)),
    }))
}
