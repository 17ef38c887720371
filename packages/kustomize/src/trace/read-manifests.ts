import { ORIGIN_KEY, parseProbeKey } from './probes.ts'

/**
 * The text of each top-level key of an object, including the key, as kustomize prints it. In a probe's copy only the copied
 * keys, and '' for missing ones.
 */
export type Sections = ReadonlyMap<string, string>

/** A resource printed by kustomize, and its copies by probes. */
export interface PrintedResource {
  readonly sections: Sections
  /** The numbers of its origins; several when a generator merges into the resource of another one. */
  readonly origins: readonly number[]
  /** By the number of the probe. */
  readonly copies: ReadonlyMap<number, Sections>
}

/** Splits kustomize's output into resources and sections, without parsing: kustomize prints equal values as equal text. */
export function readManifests(text: string): PrintedResource[] {
  return text
    .split(/^---\n/mu)
    .filter((document) => document.trim() !== '')
    .map((document) => readDocument(document))
}

function readDocument(text: string): PrintedResource {
  const sections = new Map<string, string>()
  const copies = new Map<number, Map<string, string>>()
  const origins = new Set([...text.matchAll(ORIGIN)].map(([, number]) => Number(number)))
  for (const [key, section] of splitSections(text)) {
    const probe = parseProbeKey(key)
    if (probe === undefined) {
      if (!key.startsWith(ORIGIN_KEY)) sections.set(key, withoutNotes(section))
      continue
    }
    const copy = copies.get(probe.number) ?? new Map<string, string>()
    copies.set(probe.number, copy)
    const value = section.slice(section.indexOf(':'))
    copy.set(probe.section, value.trim() === ': null' ? '' : withoutNotes(`${probe.section}${value}`))
  }
  return { sections, origins: [...origins], copies }
}

/** The lines of each top-level key, including indented lines and list items below it. */
function* splitSections(text: string): Generator<readonly [key: string, text: string]> {
  let key: string | undefined
  let start = 0
  for (const match of text.matchAll(/^(?:"((?:[^"\\]|\\.)*)"|([^\s#\-"'[\]{},&*!|>%@`][^:\n]*)):/gmu)) {
    if (key !== undefined) yield [key, text.slice(start, match.index)]
    key = match[1] ?? match[2]
    start = match.index
  }
  if (key !== undefined) yield [key, text.slice(start)]
}

const ORIGIN = new RegExp(`^(?: {4})?${ORIGIN_KEY}(\\d+): `, 'gmu')

/** Internal annotations of kustomize, which it removes at the end, and the origins of generated objects. */
const NOTE = new RegExp(
  `^ {4}(?:internal\\.config\\.kubernetes\\.io/|config\\.kubernetes\\.io/(?:prefixes|suffixes|previous\\w+):|${ORIGIN_KEY}).*\\n`,
  'gmu',
)

function withoutNotes(section: string): string {
  if (!section.startsWith('metadata:')) return section
  return section.replace(NOTE, '').replace(/^ {2}annotations:(?: \{\})?\n(?! {4})/mu, '')
}
