/** Rules by an earlier name, which settings and baselines may still have. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['definition-to-come', 'definition-pending'],
  ['path-odd', 'path-misread'],
  ['reference-to-nothing', 'dangling-reference'],
  ['replaced-on-the-way', 'parent-replaced'],
  ['result-odd', 'result-not-one-document'],
])

/** The present name of a rule. */
export function currentName(rule: string): string {
  return RENAMED.get(rule) ?? rule
}
