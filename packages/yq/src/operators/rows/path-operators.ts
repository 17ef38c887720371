import { deleteMatches } from '../delete.ts'
import { descend } from '../descend.ts'
import { isKey, key, keys, parent, parents } from '../describe.ts'
import { deletePaths, path, setPath } from '../path-lists.ts'
import { index, name } from '../paths.ts'
import { binary, Binding, CHANGES, leaf, type OperatorRows, PLAIN, unary } from '../operator.ts'

/** Paths, and the places that they name. */
export const PATH_OPERATORS: OperatorRows<
  | 'name'
  | 'index'
  | 'descend'
  | 'path'
  | 'setPath'
  | 'deletePaths'
  | 'delete'
  | 'key'
  | 'isKey'
  | 'keys'
  | 'parent'
  | 'parents'
> = {
  name: leaf({ binding: Binding.path, takesPath: true, evaluate: name, yqName: 'TRAVERSE_PATH' }),
  index: binary({ evaluate: index, yqName: 'TRAVERSE_ARRAY' }),
  descend: leaf({ evaluate: descend, yqName: 'RECURSIVE_DESCENT' }),
  path: leaf({
    binding: Binding.prefix,
    takesPath: true,
    evaluate: path,
    yqName: 'GET_PATH',
    words: { path: PLAIN },
  }),
  setPath: unary({ evaluate: setPath, traced: CHANGES, yqName: 'SET_PATH', words: { 'set_?path': PLAIN } }),
  deletePaths: unary({
    binding: Binding.prefix,
    takesPath: true,
    evaluate: deletePaths,
    traced: CHANGES,
    yqName: 'DEL_PATHS',
    words: { 'del_?paths': PLAIN },
  }),
  delete: unary({
    binding: Binding.assignment,
    evaluate: deleteMatches,
    traced: CHANGES,
    yqName: 'DELETE',
    words: { del: PLAIN },
  }),
  key: leaf({ evaluate: key, yqName: 'GET_KEY', words: { key: PLAIN } }),
  isKey: leaf({ evaluate: isKey, words: { 'is_?key': PLAIN } }),
  keys: leaf({ binding: Binding.prefix, takesPath: true, evaluate: keys, words: { keys: PLAIN } }),
  parent: leaf({
    takesPath: true,
    evaluate: parent,
    yqName: 'GET_PARENT',
    words: { parent: { options: { level: 1 }, suffix: 'level' } },
  }),
  parents: leaf({ evaluate: parents, yqName: 'GET_PARENTS', words: { parents: PLAIN } }),
}
