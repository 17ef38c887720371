import { ORIGIN_KEY, parseProbeKey } from './probes.ts'

/**
 * The text of each top-level key of an object, its key included, as kustomize prints it. In the copy of a probe: of the keys that
 * were copied, and '' for one that the object did not have.
 */
export type Sections = ReadonlyMap<string, string>

/** A resource as kustomize printed it, and the copies that probes made of it. */
export interface PrintedResource {
  readonly sections: Sections
  /** The numbers of its origins: of more than one where a generator merges into what another one made. */
  readonly origins: readonly number[]
  /** By the number of the probe. */
  readonly copies: ReadonlyMap<number, Sections>
}

/** Splits what kustomize printed into resources and sections. Nothing is parsed: texts that kustomize prints are equal when values are. */
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

/** The lines of each top-level key: those that begin with one, and all below that are indented or items of a list. */
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

/** What kustomize notes in annotations while it builds, and takes out at the end; and the origins of generated objects. */
const NOTE = new RegExp(
  `^ {4}(?:internal\\.config\\.kubernetes\\.io/|config\\.kubernetes\\.io/(?:prefixes|suffixes|previous\\w+):|${ORIGIN_KEY}).*\\n`,
  'gmu',
)

function withoutNotes(section: string): string {
  if (!section.startsWith('metadata:')) return section
  return section.replace(NOTE, '').replace(/^ {2}annotations:(?: \{\})?\n(?! {4})/mu, '')
}
