import type { Rule } from '@overlay-render/check'

/** The findings that a render itself reports, without any rule. `rules` in a workspace may name these, too. */
export const RENDER_FINDINGS: readonly Pick<Rule<never>, 'name' | 'severity' | 'doc'>[] = [
  {
    name: 'not-rendered',
    severity: 'error',
    doc: 'An overlay cannot be rendered, so its manifests are not checked.',
  },
  {
    name: 'kustomize-warning',
    severity: 'warning',
    doc: 'kustomize printed a warning, such as one about a deprecated field.',
  },
  {
    name: 'generator-file-stubbed',
    severity: 'warning',
    doc: 'A file of a ConfigMap is not in the tracked tree, and a render with stub secrets used a stub.',
  },
  {
    name: 'secret-data-not-base64',
    severity: 'warning',
    doc: 'A value under `data` of a Secret is not base64, so the API server refuses it.',
  },
  {
    name: 'conflict-markers',
    severity: 'warning',
    doc: 'A file of a ConfigMap contains the conflict markers of a merge.',
  },
  {
    name: 'link-as-text',
    severity: 'warning',
    doc: 'A base config is a symbolic link that git checked out as a text file; the file that it names was read.',
  },
  {
    name: 'dialect-guessed',
    severity: 'warning',
    doc: 'A patch script is empty, so its language is not known: name it with `configs.dialect`.',
  },
  {
    name: 'result-not-one-document',
    severity: 'warning',
    doc: 'The result of a patch script is no document, or several.',
  },
  {
    name: 'assign-into-scalar',
    severity: 'warning',
    doc: 'yq 4: an assignment goes below a value that is neither a map nor a list, and changes nothing.',
  },
  {
    name: 'interpolation-unclosed',
    severity: 'warning',
    doc: 'yq 4: a string has a `\\(` without `)`, so it is not interpolated.',
  },
  {
    name: 'merge-overrides-own-keys',
    severity: 'warning',
    doc: 'yq 4: a merge key overrides a key of the map itself, against the YAML specification.',
  },
  { name: 'matched-nothing', severity: 'warning', doc: 'yq 3: the path of a command matches nothing.' },
  {
    name: 'whole-document',
    severity: 'warning',
    doc: 'yq 3: a command without a path replaces the whole document.',
  },
  {
    name: 'parent-replaced',
    severity: 'warning',
    doc: 'yq 3: a value above the end of the path has the wrong kind and is replaced, so its data is lost.',
  },
  {
    name: 'path-misread',
    severity: 'warning',
    doc: 'yq 3: a path is read in an unexpected way, such as a bracket that is not closed.',
  },
  {
    name: 'field-unknown',
    severity: 'warning',
    doc: 'yq 3: a command has a key that is ignored, and is similar to a known one.',
  },
  {
    name: 'output-invalid',
    severity: 'warning',
    doc: 'yq 3: what is printed is not YAML, by a bug of yq 3 that is kept.',
  },
  {
    name: 'data-changed',
    severity: 'warning',
    doc: 'yq 3: what is printed is other data than before, by a bug of yq 3 that is kept.',
  },
  { name: 'shell-syntax', severity: 'error', doc: 'bash cannot parse the script of a job.' },
  {
    name: 'checkconfig',
    severity: 'error',
    doc: "Prow's own checkconfig reports it; `info` when that program is not on PATH.",
  },
]
