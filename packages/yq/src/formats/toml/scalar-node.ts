import { parseFloat64 } from '../../go/floats.ts'
import { numberRefusal, parseNotation } from '../../go/integers.ts'
import { parseTime } from '../../go/parse-time.ts'
import { RFC3339 } from '../../go/time-layout.ts'
import { Node } from '../../tree/node.ts'
import { malformed } from '../format-fault.ts'
import type { TomlScalar } from './scan-number.ts'

/** A scalar with its text in TOML. yq does not support dates and times without a zone. */
export function scalarNode({ kind, text }: TomlScalar): Node {
  switch (kind) {
    case 'Bool':
      return new Node('scalar', '!!bool', text)
    case 'Integer':
      return integerNode(text)
    case 'Float':
      return floatNode(text)
    case 'DateTime':
      return dateNode(text)
    case 'LocalDateTime':
    case 'LocalDate':
    case 'LocalTime':
      throw malformed(`unsupported type ${kind}`)
  }
}

function integerNode(text: string): Node {
  const parsed = parseNotation(text)
  if (!parsed.ok) throw malformed(numberRefusal('ParseInt', parsed.digits, parsed.reason))
  return new Node('scalar', '!!int', text)
}

function floatNode(text: string): Node {
  const parsed = parseFloat64(text)
  if (!parsed.ok) throw malformed(numberRefusal('ParseFloat', text, parsed.reason))
  return new Node('scalar', '!!float', text)
}

/** yq gives a date no tag. */
function dateNode(text: string): Node {
  const parsed = parseTime(RFC3339, text)
  const asDate = parsed.ok ? parsed : parseTime('2006-01-02', text)
  if (!asDate.ok) throw malformed(asDate.message)
  return new Node('scalar', '', text)
}
