import type { Example, Rule } from '../rule.ts'
import { type BuildCheck, EMPTY } from './build-check.ts'

const NAME = 'dead-replacement'

/** Targets of `replacements` that select nothing. */
export const deadReplacement: Rule<BuildCheck> = {
  name: NAME,
  severity: 'warning',
  doc: 'A target of `replacements` selects nothing when it runs, and kustomize says nothing.',
  check: ({ replacements }) =>
    replacements
      .filter(({ isUsed }) => !isUsed)
      .map(({ name, object, position, select }) => ({
        rule: NAME,
        severity: 'warning',
        message: `${name} changes nothing: when it runs, no object is ${select}`,
        object,
        position,
        hint: 'correct what it selects, or remove the target',
      })),
  examples: {
    fires: [replacementExample('a target that nothing matches', false)],
    silent: [replacementExample('a target that something matches', true)],
  },
}

function replacementExample(says: string, isUsed: boolean): Example<BuildCheck> {
  const position = { file: 'kustomization.yaml', line: 9, column: 3 }
  const name = 'target 0 of replacements[0]'
  const fact = {
    name,
    object: 'kustomization.yaml Deployment deck',
    position,
    select: 'Deployment deck',
    isUsed,
  }
  return { says, input: () => ({ ...EMPTY, replacements: [fact] }) }
}
