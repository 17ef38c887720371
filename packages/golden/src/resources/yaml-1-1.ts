import { type Node, scalarValue, Style } from '@overlay-render/yq'

import { TypedText, type Value } from './value.ts'

const QUOTED = Style.tagged | Style.double | Style.single | Style.literal | Style.folded
const TRUE = /^(?:y|Y|yes|Yes|YES|on|On|ON)$/u
const FALSE = /^(?:n|N|no|No|NO|off|Off|OFF)$/u
const SEXAGESIMAL = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/u

/**
 * Resolves a scalar as in YAML 1.1: for sigs.k8s.io/yaml, with which Prow reads its configuration, `yes` is a boolean,
 * and some readers do not treat a date or `12:30:45` as a string.
 */
export function scalarValue11(node: Pick<Node, 'tag' | 'value' | 'style'>): Value {
  if ((node.style & QUOTED) !== 0) return scalarValue(node)
  if (node.tag === '!!timestamp') return new TypedText(node.value)
  if (node.tag !== '!!str') return scalarValue(node)
  if (TRUE.test(node.value)) return true
  if (FALSE.test(node.value)) return false
  return SEXAGESIMAL.test(node.value) ? new TypedText(node.value) : node.value
}
