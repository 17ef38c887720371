import { templatedName, templatedNamesIn } from './templated-names.ts'
import type { FoundText } from './search-tree.ts'
import { type TreeTexts, wordsIn } from './tree-texts.ts'

/** Every line in which a script fills in a file name contains one of these. */
export const TEMPLATED_WORDS: readonly string[] = ['.yaml', '.yml']

/**
 * Those of the given names that some file of the tree mentions. Kustomizations and the file of that name do not count. A name also
 * counts as mentioned when a script fills in a part of it that some file holds, such as `patches/{{ item }}-ingress.yaml`.
 *
 * @param names texts without line ends
 * @param tree the lines that contain one of the names or of `TEMPLATED_WORDS`
 */
export async function findMentions(
  names: readonly string[],
  { texts: all, holds }: TreeTexts,
): Promise<ReadonlySet<string>> {
  const texts = all.map((found) => withoutProse(found))
  const written = wordsIn(texts, names)
  const filled = filledIn(
    names.filter((name) => !written.has(name)),
    new Set(texts.flatMap(({ text }) => templatedNamesIn(text))),
  )
  const words = await holds([...new Set([...filled.values()].flat(2))])
  // If git cannot search, every name counts as mentioned, so no rule reports it.
  if (words === 'failed') return new Set(names)
  const isThere = (choices: readonly (readonly string[])[]): boolean =>
    choices.some((choice) => choice.every((word) => words.has(word)))
  return new Set([...written, ...[...filled].filter(([, choices]) => isThere(choices)).map(([name]) => name)])
}

const PROSE = /\.(?:md|markdown|rst|adoc|txt)$/iu
const COMMAND =
  /(?:^|[\s`'"$(])(?:kubectl|kustomize|oc|helm|ansible\S*|make|apply|create|deploy|run|-[fk])\b/iu

/** A page for people that lists a file does not use it; a line of it with a command does. */
function withoutProse({ file, text }: FoundText): FoundText {
  if (!PROSE.test(file)) return { file, text }
  const lines = text.split('\n').filter((line) => COMMAND.test(line))
  return { file, text: lines.join('\n') }
}

/** By name: for each template that can produce the name, the words that fill it in. */
function filledIn(
  names: readonly string[],
  templates: ReadonlySet<string>,
): Map<string, readonly (readonly string[])[]> {
  const patterns = [...templates].flatMap((template) => templatedName(template) ?? [])
  const filled = new Map<string, readonly (readonly string[])[]>()
  for (const name of names) {
    const choices = patterns.flatMap((pattern) => {
      const match = pattern.exec(name)
      return match === null ? [] : [match.slice(1)]
    })
    if (choices.length > 0) filled.set(name, choices)
  }
  return filled
}
