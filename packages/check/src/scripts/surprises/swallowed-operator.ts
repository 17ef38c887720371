import type { FindSurprise } from './surprise.ts'

/** In yq the characters of operators can be part of a name: `.a-1` is one name. */
const SIGN = /^([^-+*/]+)(\/\/|[-+*/])(.*)$/u

/** Names that the base lacks, although it has the part before the operator. A name that is assigned to may be new. */
export const swallowedOperator: FindSurprise = (node, { keys, text }) => {
  if (node.operator !== 'name' || keys.has(node.name)) return []
  const [, before = '', sign = '', after = ''] = SIGN.exec(node.name) ?? []
  if (!keys.has(before) || text[node.range.start + 1] === '"') return []
  const isOperand = after === '' || /^["\d]/u.test(after) || keys.has(after)
  if (!isOperand || isAssigned(text.slice(node.range.end))) return []
  return [
    {
      at: node.range.start,
      message: `.${node.name} is one name to yq, and the base has no such key: ${sign} is part of the name`,
      hint: `put spaces around ${sign}`,
    },
  ]
}

/** Whether a path is followed by an assignment. */
function isAssigned(rest: string): boolean {
  return /^(?:\.?"[^"]*"|\.?\[[^\]]*\]|\.[\w-]+)*\)?\s*(?:\||\+|\*|-)?=(?!=)/u.test(rest)
}
