import type { FindSurprise } from './surprise.ts'

/** A name of yq runs on over the signs of operators: `.a-1` is one name. */
const SIGN = /^([^-+*/]+)(\/\/|[-+*/])(.*)$/u

/** A name that the base does not have, while it has what is before the sign in it. What is assigned to may be new. */
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

/** Whether a path goes on to an assignment. */
function isAssigned(rest: string): boolean {
  return /^(?:\.?"[^"]*"|\.?\[[^\]]*\]|\.[\w-]+)*\)?\s*(?:\||\+|\*|-)?=(?!=)/u.test(rest)
}
