import type { Rule } from '@overlay-render/check'

/** The findings about files, before any rule runs. `rules` in a workspace may name these, too. */
export const READING_RULES: readonly Pick<Rule<never>, 'name' | 'severity' | 'doc'>[] = [
  { name: 'not-yaml', severity: 'error', doc: 'A file is not YAML.' },
  {
    name: 'further-document',
    severity: 'error',
    doc: 'A file has several documents: Prow reads only the first one.',
  },
  { name: 'duplicate-key', severity: 'error', doc: 'A map has the same key twice.' },
  { name: 'unknown-field', severity: 'error', doc: 'Prow has no such field.' },
  { name: 'wrong-type', severity: 'error', doc: 'A field has a value of the wrong type.' },
  {
    name: 'duplicate-file-name',
    severity: 'error',
    doc: 'Two job files have the same name in different folders, which Prow refuses.',
  },
  { name: 'duplicate-preset', severity: 'error', doc: 'Two presets have the same label and value.' },
  {
    name: 'preset-conflict',
    severity: 'error',
    doc: 'A preset adds a variable or a volume that the job already has.',
  },
]
