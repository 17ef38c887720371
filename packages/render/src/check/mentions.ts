import { templatedName, templatedNamesIn } from './templated-names.ts'
import { type TreeTexts, wordsIn } from './tree-texts.ts'

/** What lines hold in which a script may fill in the name of a file. */
export const TEMPLATED_WORDS: readonly string[] = ['.yaml', '.yml']

/**
 * The names, of those given, that some file of the tree holds which is no kustomization, and not the file of that name; also where a
 * script fills in a part that some file holds, such as `patches/{{ item }}-ingress.yaml`.
 *
 * @param names texts without line ends
 * @param tree what holds one of the names or of `TEMPLATED_WORDS`
 */
export async function findMentions(
  names: readonly string[],
  { texts, holds }: TreeTexts,
): Promise<ReadonlySet<string>> {
  const written = wordsIn(texts, names)
  const filled = filledIn(
    names.filter((name) => !written.has(name)),
    new Set(texts.flatMap(({ text }) => templatedNamesIn(text))),
  )
  const words = await holds([...new Set([...filled.values()].flat(2))])
  // Where git cannot search, no name gets a finding.
  if (words === 'failed') return new Set(names)
  const isThere = (choices: readonly (readonly string[])[]): boolean =>
    choices.some((choice) => choice.every((word) => words.has(word)))
  return new Set([...written, ...[...filled].filter(([, choices]) => isThere(choices)).map(([name]) => name)])
}

/** The words that templates would have to be filled with to be a name, by the names; for each template that can. */
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
