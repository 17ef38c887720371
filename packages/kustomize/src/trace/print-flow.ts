import type { Value } from '../graph/yaml-value.ts'

/**
 * Prints a value as one line of flow-style YAML that kustomize reads as the same value: merge keys and aliases are resolved,
 * and scalars that are not text are printed as written.
 */
export function printFlow(root: Value): string {
  const printed: string[] = []
  const pending: (Value | string)[] = [root]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') printed.push(next)
    else pending.push(...partsOf(next).toReversed())
  }
  return printed.join('')
}

function partsOf(value: Value): (Value | string)[] {
  switch (value.kind) {
    case 'map':
      return [
        '{',
        ...value
          .entries()
          .flatMap((entry, index) => [
            `${index === 0 ? '' : ', '}${JSON.stringify(entry.key)}: `,
            entry.value,
          ]),
        '}',
      ]
    case 'list':
      return ['[', ...value.items().flatMap((item, index) => (index === 0 ? [item] : [', ', item])), ']']
    case 'text':
      return [JSON.stringify(value.text)]
    case 'null':
      return ['null']
    case 'flag':
    case 'number':
      return [value.text]
  }
}
