import type { CommentOptions, DataFormat, OperatorName, OptionsOf } from './ast.ts'
import type { AssignmentName } from './token.ts'

/** What a word of the language stands for. */
export type Word = {
  [Name in OperatorName]: {
    readonly operator: Name
    readonly options: OptionsOf<Name>
    readonly assignment?: AssignmentName
    /** An argument in brackets directly behind, which belongs to the word itself. */
    readonly suffix?: Suffix
  }
}[OperatorName]

/** `indent`, `depth` and `level` are numbers and may be left out. */
export type Suffix = 'indent' | 'depth' | 'level' | 'flags'

const NONE = {}
const HEAD: CommentOptions = { head: true, line: false, foot: false }
const LINE: CommentOptions = { head: false, line: true, foot: false }
const FOOT: CommentOptions = { head: false, line: false, foot: true }

/**
 * The words by their spellings: `_?` stands for an underscore that may be left out, `|` separates
 * spellings. Of several words that fit, the longest is taken. `ascii_upcase` and `ascii_downcase` are no words:
 * yq documents them, but takes their first two letters for `as`.
 */
const SPELLINGS: Readonly<Record<string, Word>> = {
  'line_?comment|lineComment': { operator: 'comment', options: LINE, assignment: 'assignComment' },
  'head_?comment|headComment': { operator: 'comment', options: HEAD, assignment: 'assignComment' },
  'foot_?comment|footComment': { operator: 'comment', options: FOOT, assignment: 'assignComment' },
  style: { operator: 'style', options: NONE, assignment: 'assignStyle' },
  'tag|type': { operator: 'tag', options: NONE, assignment: 'assignTag' },
  anchor: { operator: 'anchor', options: NONE, assignment: 'assignAnchor' },
  alias: { operator: 'alias', options: NONE, assignment: 'assignAlias' },

  as: { operator: 'bind', options: { byReference: false } },
  ref: { operator: 'bind', options: { byReference: true } },
  or: { operator: 'or', options: NONE },
  and: { operator: 'and', options: NONE },
  not: { operator: 'not', options: NONE },
  ireduce: { operator: 'reduce', options: NONE },
  eval: { operator: 'evaluateText', options: NONE },
  error: { operator: 'raise', options: NONE },
  collect: { operator: 'collect', options: NONE },

  length: { operator: 'length', options: NONE },
  line: { operator: 'line', options: NONE },
  column: { operator: 'column', options: NONE },
  kind: { operator: 'kind', options: NONE },
  keys: { operator: 'keys', options: NONE },
  key: { operator: 'key', options: NONE },
  'is_?key': { operator: 'isKey', options: NONE },
  path: { operator: 'path', options: NONE },
  'set_?path': { operator: 'setPath', options: NONE },
  'del_?paths': { operator: 'deletePaths', options: NONE },
  del: { operator: 'delete', options: NONE },
  parents: { operator: 'parents', options: NONE },
  parent: { operator: 'parent', options: { level: 1 }, suffix: 'level' },
  'file_?name|fileName': { operator: 'fileName', options: NONE },
  'file_?index|fileIndex|fi': { operator: 'fileIndex', options: NONE },
  'document_?index|documentIndex|di': { operator: 'documentIndex', options: NONE },
  'split_?doc|splitDoc': { operator: 'splitDocument', options: NONE },

  select: { operator: 'select', options: NONE },
  filter: { operator: 'filter', options: NONE },
  first: { operator: 'first', options: NONE },
  map: { operator: 'map', options: NONE },
  'map_?values': { operator: 'mapValues', options: NONE },
  has: { operator: 'has', options: NONE },
  contains: { operator: 'contains', options: NONE },
  pick: { operator: 'pick', options: NONE },
  omit: { operator: 'omit', options: NONE },
  any: { operator: 'any', options: NONE },
  any_c: { operator: 'anyMatch', options: NONE },
  all: { operator: 'all', options: NONE },
  all_c: { operator: 'allMatch', options: NONE },
  min: { operator: 'min', options: NONE },
  max: { operator: 'max', options: NONE },
  with: { operator: 'with', options: NONE },
  'with_?entries|withEntries': { operator: 'withEntries', options: NONE },
  'to_?entries|toEntries': { operator: 'toEntries', options: NONE },
  'from_?entries|fromEntries': { operator: 'fromEntries', options: NONE },
  explode: { operator: 'explode', options: NONE },
  flatten: { operator: 'flatten', options: { depth: -1 }, suffix: 'depth' },
  'group_?by': { operator: 'groupBy', options: NONE },
  unique: { operator: 'unique', options: NONE },
  'unique_?by': { operator: 'uniqueBy', options: NONE },
  sort: { operator: 'sort', options: NONE },
  'sort_?by': { operator: 'sortBy', options: NONE },
  'sort_?keys|sortKeys': { operator: 'sortKeys', options: NONE },
  reverse: { operator: 'reverse', options: NONE },
  shuffle: { operator: 'shuffle', options: NONE },
  pivot: { operator: 'pivot', options: NONE },

  'to_?number': { operator: 'toNumber', options: NONE },
  'to_?string': { operator: 'toText', options: NONE },
  upcase: { operator: 'changeCase', options: { upper: true } },
  downcase: { operator: 'changeCase', options: { upper: false } },
  trim: { operator: 'trim', options: NONE },
  join: { operator: 'join', options: NONE },
  split: { operator: 'split', options: NONE },
  sub: { operator: 'substitute', options: NONE },
  match: { operator: 'match', options: NONE },
  capture: { operator: 'capture', options: NONE },
  test: { operator: 'test', options: NONE },
  envsubst: {
    operator: 'substituteEnvironment',
    options: { noUnset: false, noEmpty: false, failFast: false },
    suffix: 'flags',
  },

  format_datetime: { operator: 'formatDatetime', options: NONE },
  with_dtf: { operator: 'withDatetimeFormat', options: NONE },
  tz: { operator: 'timezone', options: NONE },
  now: { operator: 'now', options: NONE },
  'from_?unix': { operator: 'fromUnix', options: NONE },
  'to_?unix': { operator: 'toUnix', options: NONE },

  'to_?yaml': { ...encode('yaml', 2), suffix: 'indent' },
  '@yaml': encode('yaml', 2),
  'to_?json': { ...encode('json', 2), suffix: 'indent' },
  '@json': encode('json', 0),
  'to_?xml': { ...encode('xml', 2), suffix: 'indent' },
  '@xml': encode('xml', 0),
  'to_?props|@props': encode('props', 2),
  'to_?csv|@csv': encode('csv', 0),
  'to_?tsv|@tsv': encode('tsv', 0),
  '@base64': encode('base64', 0),
  '@uri': encode('uri', 0),
  '@sh': encode('sh', 0),
  // yq reads JSON text with its YAML reader.
  'from_?yaml|@yamld|from_?json|@jsond': decode('yaml'),
  'from_?props|@propsd': decode('props'),
  'from_?xml|@xmld': decode('xml'),
  'from_?csv|@csvd': decode('csv'),
  'from_?tsv|@tsvd': decode('tsv'),
  '@base64d': decode('base64'),
  '@urid': decode('uri'),

  load: { operator: 'load', options: { format: 'yaml' } },
  'load_?xml|xml_?load': { operator: 'load', options: { format: 'xml' } },
  'load_?props': { operator: 'load', options: { format: 'props' } },
  'load_?base64': { operator: 'load', options: { format: 'base64' } },
  'load_?str|str_?load': { operator: 'loadText', options: NONE },
  system: { operator: 'system', options: NONE },
}

function encode(format: DataFormat, indent: number): Word & { operator: 'encode' } {
  return { operator: 'encode', options: { format, indent } }
}

function decode(format: DataFormat): Word {
  return { operator: 'decode', options: { format } }
}

/** Words that stand for an expression of the language itself. */
const MACROS: Readonly<Record<string, string>> = {
  root: 'parent(-1)',
  'array_?to_?map': '(.[] | select(. != null)) as $item ireduce({}; .[$item | key] = $item)',
}

/** The words by each of their spellings. */
export const WORDS: ReadonlyMap<string, Word> = new Map(
  Object.entries(SPELLINGS).flatMap(([pattern, word]) => spellingsOf(pattern).map((name) => [name, word])),
)

/** The expressions that words stand for, by each of the words' spellings. */
export const MACRO_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries(MACROS).flatMap(([pattern, text]) => spellingsOf(pattern).map((name) => [name, text])),
)

export const LONGEST_WORD: number = Math.max(
  ...[...WORDS.keys(), ...MACRO_WORDS.keys()].map((name) => name.length),
)

function spellingsOf(pattern: string): string[] {
  return pattern.split('|').flatMap((name) => {
    const [first = '', ...rest] = name.split('_?')
    return rest.reduce((names, part) => names.flatMap((start) => [`${start}_${part}`, start + part]), [first])
  })
}
