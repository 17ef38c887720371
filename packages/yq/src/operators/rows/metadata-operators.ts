import type { CommentOptions } from '../../expression/ast.ts'
import {
  alias,
  anchor,
  assignAlias,
  assignAnchor,
  assignStyle,
  assignTag,
  style,
  tag,
} from '../attributes.ts'
import { assignComment, comment } from '../comments.ts'
import { column, documentIndex, fileIndex, fileName, kind, length, line, splitDocument } from '../describe.ts'
import { explode } from '../explode.ts'
import { binary, Binding, CHANGES, leaf, type OperatorRows, PLAIN, unary } from '../operator.ts'

const HEAD: CommentOptions = { head: true, line: false, foot: false }
const LINE: CommentOptions = { head: false, line: true, foot: false }
const FOOT: CommentOptions = { head: false, line: false, foot: true }

/** What nodes and documents have besides values. */
export const METADATA_OPERATORS: OperatorRows<
  | 'kind'
  | 'tag'
  | 'assignTag'
  | 'style'
  | 'assignStyle'
  | 'anchor'
  | 'assignAnchor'
  | 'alias'
  | 'assignAlias'
  | 'explode'
  | 'comment'
  | 'assignComment'
  | 'line'
  | 'column'
  | 'length'
  | 'documentIndex'
  | 'fileName'
  | 'fileIndex'
  | 'splitDocument'
> = {
  kind: leaf({ evaluate: kind, yqName: 'GET_KIND', words: { kind: PLAIN } }),
  tag: leaf({
    evaluate: tag,
    yqName: 'GET_TAG',
    words: { 'tag|type': { options: {}, assignment: 'assignTag' } },
  }),
  assignTag: binary({ binding: Binding.assignment, evaluate: assignTag, traced: CHANGES }),
  style: leaf({
    evaluate: style,
    yqName: 'GET_STYLE',
    words: { style: { options: {}, assignment: 'assignStyle' } },
  }),
  assignStyle: binary({ binding: Binding.assignment, evaluate: assignStyle, traced: CHANGES }),
  anchor: leaf({
    evaluate: anchor,
    yqName: 'GET_ANCHOR',
    words: { anchor: { options: {}, assignment: 'assignAnchor' } },
  }),
  assignAnchor: binary({ binding: Binding.assignment, evaluate: assignAnchor, traced: CHANGES }),
  alias: leaf({
    evaluate: alias,
    yqName: 'GET_ALIAS',
    words: { alias: { options: {}, assignment: 'assignAlias' } },
  }),
  assignAlias: binary({ binding: Binding.assignment, evaluate: assignAlias, traced: CHANGES }),
  explode: unary({
    binding: Binding.prefix,
    takesPath: true,
    evaluate: explode,
    traced: CHANGES,
    words: { explode: PLAIN },
  }),
  comment: leaf({
    evaluate: comment,
    yqName: 'GET_COMMENT',
    words: {
      'line_?comment|lineComment': { options: LINE, assignment: 'assignComment' },
      'head_?comment|headComment': { options: HEAD, assignment: 'assignComment' },
      'foot_?comment|footComment': { options: FOOT, assignment: 'assignComment' },
    },
  }),
  assignComment: binary({ binding: Binding.assignment, evaluate: assignComment, traced: CHANGES }),
  line: leaf({ evaluate: line, words: { line: PLAIN } }),
  column: leaf({ evaluate: column, yqName: 'LINE', words: { column: PLAIN } }),
  length: leaf({ evaluate: length, words: { length: PLAIN } }),
  documentIndex: leaf({
    evaluate: documentIndex,
    yqName: 'GET_DOCUMENT_INDEX',
    words: { 'document_?index|documentIndex|di': PLAIN },
  }),
  fileName: leaf({ evaluate: fileName, yqName: 'GET_FILENAME', words: { 'file_?name|fileName': PLAIN } }),
  fileIndex: leaf({
    evaluate: fileIndex,
    yqName: 'GET_FILE_INDEX',
    words: { 'file_?index|fileIndex|fi': PLAIN },
  }),
  splitDocument: leaf({
    binding: Binding.prefix,
    takesPath: true,
    evaluate: splitDocument,
    yqName: 'SPLIT_DOC',
    words: { 'split_?doc|splitDoc': PLAIN },
  }),
}
