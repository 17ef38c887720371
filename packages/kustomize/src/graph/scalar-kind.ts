const NULL = /^(?:~|null|Null|NULL|)$/u
const FLAG = /^(?:[yY]|yes|Yes|YES|true|True|TRUE|on|On|ON|[nN]|no|No|NO|false|False|FALSE|off|Off|OFF)$/u
const NUMBER_START = /^[-+.0-9]/u
const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/u
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/u
const NOT_FINITE = /^(?:\.nan|\.NaN|\.NAN|[-+]?\.(?:inf|Inf|INF))$/u

const KIND_OF_TAG: Readonly<Record<string, 'text' | 'flag' | 'number' | 'null'>> = {
  'tag:yaml.org,2002:bool': 'flag',
  'tag:yaml.org,2002:int': 'number',
  'tag:yaml.org,2002:float': 'number',
  'tag:yaml.org,2002:null': 'null',
}

/** The type of a scalar by go-yaml v2's rules; `tag` in its long form. */
export function scalarKind(
  text: string,
  isPlain: boolean,
  tag: string | undefined,
): 'text' | 'flag' | 'number' | 'null' {
  if (tag !== undefined) return KIND_OF_TAG[tag] ?? 'text'
  if (!isPlain) return 'text'
  if (NULL.test(text)) return 'null'
  if (FLAG.test(text)) return 'flag'
  const plain = text.replaceAll('_', '')
  if (NUMBER_START.test(text) && (INTEGER.test(plain) || isFloat(plain))) return 'number'
  return NOT_FINITE.test(text) ? 'number' : 'text'
}

/** Go does not parse a number that is too large, which then stays text. */
function isFloat(plain: string): boolean {
  return FLOAT.test(plain) && Number.isFinite(Number(plain))
}
