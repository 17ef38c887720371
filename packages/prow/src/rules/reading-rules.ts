/** The names of the findings about files, before any rule runs. `rules` in a workspace may name these, too. */
export const READING_RULES: readonly string[] = [
  'duplicate-file-name',
  'duplicate-key',
  'duplicate-preset',
  'further-document',
  'not-yaml',
  'preset-conflict',
  'unknown-field',
  'wrong-type',
]
