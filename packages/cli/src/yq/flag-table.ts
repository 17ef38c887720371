/** The type of a flag's value. `rune` is one character; `int` is decimal, or hexadecimal, octal or binary with a prefix. */
export type FlagKind = 'boolean' | 'string' | 'int' | 'rune'

/** A flag of yq. */
export interface Flag {
  readonly name: string
  readonly short?: string
  readonly kind: FlagKind
  /** The name of the value in the help text. */
  readonly value?: string
  readonly help: string
  /** yq's flag for a format that is not supported: accepted and without effect. */
  readonly hidden?: boolean
}

/** The flags of yq 4.53.6, in the order of the help text. */
export const FLAGS = [
  {
    name: 'null-input',
    short: 'n',
    kind: 'boolean',
    help: 'read no input: evaluate the expression once on null',
  },
  { name: 'inplace', short: 'i', kind: 'boolean', help: 'write the results back into the first file' },
  { name: 'exit-status', short: 'e', kind: 'boolean', help: 'exit 1 when all results are null or false' },
  {
    name: 'expression',
    kind: 'string',
    value: 'EXP',
    help: 'the expression, for when the first argument would be read as a file',
  },
  { name: 'from-file', kind: 'string', value: 'FILE', help: 'read the expression from a file' },
  {
    name: 'split-exp',
    short: 's',
    kind: 'string',
    value: 'EXP',
    help: 'write each result to the file that EXP names; $index counts them',
  },
  { name: 'split-exp-file', kind: 'string', value: 'FILE', help: 'read that naming expression from a file' },
  {
    name: 'front-matter',
    short: 'f',
    kind: 'string',
    value: 'MODE',
    help: 'the first file has front matter: extract prints only that, process keeps the rest of the file',
  },
  {
    name: 'input-format',
    short: 'p',
    kind: 'string',
    value: 'FORMAT',
    help: 'format of the input; auto uses the extension of the first file',
  },
  {
    name: 'output-format',
    short: 'o',
    kind: 'string',
    value: 'FORMAT',
    help: 'format of the output; auto is that of the input',
  },
  { name: 'indent', short: 'I', kind: 'int', value: 'N', help: 'spaces of one level (default 2)' },
  {
    name: 'prettyPrint',
    short: 'P',
    kind: 'boolean',
    help: 'reset all styles: appends `| ... style = ""` to the expression',
  },
  {
    name: 'unwrapScalar',
    short: 'r',
    kind: 'boolean',
    help: 'print scalars bare, without quotes or comments (default for yaml)',
  },
  { name: 'no-doc', short: 'N', kind: 'boolean', help: 'no --- between documents' },
  { name: 'nul-output', short: '0', kind: 'boolean', help: 'end each result with NUL' },
  { name: 'tojson', short: 'j', kind: 'boolean', help: 'the same as -o=json' },
  { name: 'colors', short: 'C', kind: 'boolean', help: 'colours even when the output is not a terminal' },
  { name: 'no-colors', short: 'M', kind: 'boolean', help: 'no colours' },
  {
    name: 'yaml-compact-seq-indent',
    short: 'c',
    kind: 'boolean',
    help: 'no extra indentation for lists inside maps',
  },
  {
    name: 'yaml-fix-merge-anchor-to-spec',
    kind: 'boolean',
    help: "a map's own keys win over the ones it merges",
  },
  {
    name: 'header-preprocess',
    kind: 'boolean',
    help: 'keep the comments and separators at the front of a file as they are (default true)',
  },
  {
    name: 'string-interpolation',
    kind: 'boolean',
    help: 'evaluate \\(exp) inside strings (default true)',
  },
  {
    name: 'csv-auto-parse',
    kind: 'boolean',
    help: 'read collections out of CSV cells (default true)',
  },
  { name: 'csv-separator', kind: 'rune', value: 'CHAR', help: 'between the cells of CSV (default ,)' },
  {
    name: 'tsv-auto-parse',
    kind: 'boolean',
    help: 'read collections out of TSV cells (default true)',
  },
  {
    name: 'properties-separator',
    kind: 'string',
    value: 'TEXT',
    help: 'between keys and values of properties (default " = ")',
  },
  {
    name: 'properties-array-brackets',
    kind: 'boolean',
    help: 'list indices of properties as [0] rather than .0',
  },
  {
    name: 'shell-key-separator',
    kind: 'string',
    value: 'TEXT',
    help: 'between the parts of the names of shell variables (default _)',
  },
  {
    name: 'xml-attribute-prefix',
    kind: 'string',
    value: 'TEXT',
    help: 'marks keys that are attributes (default +@)',
  },
  {
    name: 'xml-content-name',
    kind: 'string',
    value: 'TEXT',
    help: "key of an element's own text (default +content)",
  },
  {
    name: 'xml-directive-name',
    kind: 'string',
    value: 'TEXT',
    help: 'key of <!…> directives (default +directive)',
  },
  {
    name: 'xml-proc-inst-prefix',
    kind: 'string',
    value: 'TEXT',
    help: 'marks keys that are <?…?> instructions (default +p_)',
  },
  { name: 'ini-preserve-quotes', kind: 'boolean', help: 'keep the quotes around values of INI' },
  { name: 'xml-keep-namespace', kind: 'boolean', help: 'keep the prefixes of names (default true)' },
  {
    name: 'xml-raw-token',
    kind: 'boolean',
    help: 'take names as written, without resolving namespaces (default true)',
  },
  { name: 'xml-skip-directives', kind: 'boolean', help: 'leave out <!…> directives' },
  { name: 'xml-skip-proc-inst', kind: 'boolean', help: 'leave out <?…?> instructions' },
  { name: 'xml-strict-mode', kind: 'boolean', help: 'refuse XML that is not well-formed' },
  { name: 'security-disable-env-ops', kind: 'boolean', help: 'refuse env, strenv and envsubst' },
  { name: 'security-disable-file-ops', kind: 'boolean', help: 'refuse load and similar operators' },
  {
    name: 'security-enable-system-operator',
    kind: 'boolean',
    help: 'allow the system operator to run programs',
  },
  { name: 'debug-node-info', kind: 'boolean', help: 'print the fields of each node' },
  { name: 'verbose', short: 'v', kind: 'boolean', help: 'say more on stderr when something fails' },
  { name: 'version', short: 'V', kind: 'boolean', help: 'print the version' },
  { name: 'help', short: 'h', kind: 'boolean', help: 'print this text' },
  { name: 'lua-globals', kind: 'boolean', help: '', hidden: true },
  { name: 'lua-prefix', kind: 'string', help: '', hidden: true },
  { name: 'lua-suffix', kind: 'string', help: '', hidden: true },
  { name: 'lua-unquoted', kind: 'boolean', help: '', hidden: true },
] as const satisfies readonly Flag[]

/** The long name of a flag. */
export type FlagName = (typeof FLAGS)[number]['name']
