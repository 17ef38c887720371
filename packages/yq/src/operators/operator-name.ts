import type { Expression, OperatorName } from '../expression/ast.ts'

/** The operators that yq's messages name otherwise than this package does. */
const NAMES: Readonly<Partial<Record<OperatorName, string>>> = {
  name: 'TRAVERSE_PATH',
  index: 'TRAVERSE_ARRAY',
  descend: 'RECURSIVE_DESCENT',
  step: 'SHORT_PIPE',
  literal: 'VALUE',
  text: 'STRING_INT',
  variable: 'GET_VARIABLE',
  environment: 'ENV',
  substituteEnvironment: 'ENVSUBST',
  entry: 'CREATE_MAP',
  bind: 'ASSIGN_VARIABLE',
  delete: 'DELETE',
  macro: 'EXP',
  comment: 'GET_COMMENT',
  style: 'GET_STYLE',
  tag: 'GET_TAG',
  kind: 'GET_KIND',
  key: 'GET_KEY',
  parent: 'GET_PARENT',
  parents: 'GET_PARENTS',
  anchor: 'GET_ANCHOR',
  alias: 'GET_ALIAS',
  path: 'GET_PATH',
  documentIndex: 'GET_DOCUMENT_INDEX',
  fileName: 'GET_FILENAME',
  fileIndex: 'GET_FILE_INDEX',
  splitDocument: 'SPLIT_DOC',
  setPath: 'SET_PATH',
  deletePaths: 'DEL_PATHS',
  toText: 'TO_STRING',
  flatten: 'FLATTEN_BY',
  firstItem: 'FIRST',
  evaluateText: 'EVAL',
  raise: 'ERROR',
  anyMatch: 'ANY_CONDITION',
  allMatch: 'ALL_CONDITION',
  substitute: 'SUBSTR',
  loadText: 'LOAD_STRING',
  formatDatetime: 'FORMAT_DATE_TIME',
  withDatetimeFormat: 'WITH_DATE_TIME_FORMAT',
  column: 'LINE',
}

/** What yq's messages call the outermost operator of an expression, such as `TRAVERSE_PATH`. */
export function operatorName({ operator }: Pick<Expression, 'operator'>): string {
  return NAMES[operator] ?? operator.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
}
