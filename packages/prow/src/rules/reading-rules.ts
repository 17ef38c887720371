/** The names of what reading the files tells, before any rule runs: `rules:` of a workspace may name these, too. */
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
