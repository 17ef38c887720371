import * as v from 'valibot'

import { choice, count, list, type Printed, text, texts } from './fields.ts'

// The shapes that several outputs have in common.

/** The place of something, as fields of its object. */
export const optionalPlace = {
  file: v.exactOptional(
    text('The file, relative to the workspace or as it was given. Absent without a position.'),
  ),
  line: v.exactOptional(count('The line, from 1. Absent without a position.')),
  column: v.exactOptional(count('The column in characters, from 1. Absent without a position.')),
}

export const place = {
  file: text('The file, relative to the workspace or as it was given.'),
  line: count('The line, from 1.'),
  column: count('The column in characters, from 1.'),
}

/** A position that is not the place of the whole object. */
export const position = v.strictObject(place)

/** What identifies a Kubernetes object. */
export const resource = v.strictObject({
  apiVersion: text('Such as `apps/v1`.'),
  kind: text('Such as `Deployment`.'),
  namespace: text('Empty for a cluster-scoped object, and where the manifest has none.'),
  name: text('Its `metadata.name`.'),
})

/** The fields of every finding. */
export const findingFields = {
  rule: text(
    'The name of the rule, which settings and programs may test. It does not change within a major version.',
  ),
  severity: choice(['error', 'warning', 'info'], 'How bad it is. An `info` never changes the exit status.'),
  message: text('One sentence for people. Its words may change.'),
  ...optionalPlace,
  object: v.exactOptional(
    text('The subject, such as `Deployment prow/deck env LOG_LEVEL`. Absent when the rule names none.'),
  ),
  hint: v.exactOptional(text('What to do about it. Absent when there is nothing to advise.')),
}

/** A message about the user's files. */
export const finding = v.strictObject(findingFields)

/** A finding of `check`. */
export const checkFinding = v.strictObject({
  ...findingFields,
  overlays: texts('The overlays that it is about. Empty for a finding of the whole workspace.'),
})

/** A finding about one object of a plan. */
export const objectFinding = v.strictObject({
  ...findingFields,
  resource: v.exactOptional(resource),
  path: v.exactOptional(
    text('The field, as the API server writes it: `spec.ports[0].port`. Absent when it is not known.'),
  ),
})

const errorFields = {
  code: text('Stable, for programs: `overlay-unknown`. It does not change within a major version.'),
  message: text('One sentence for people. Its words may change.'),
  ...optionalPlace,
  hint: v.exactOptional(text('What to do about it. Absent when there is nothing to advise.')),
  details: v.exactOptional(texts('Further lines, such as each missing file. Absent when there are none.')),
}

/** What went wrong. */
export const error = v.strictObject(errorFields)

/** Why one overlay of several failed. */
export const overlayError = v.strictObject({ overlay: text('The overlay that failed.'), ...errorFields })

/** The errors of a command that goes on with the other overlays. */
export const errors = v.exactOptional(
  list(overlayError, 'The overlays that failed, each with its error. Absent when none did.'),
)

/** Why a change can affect an overlay. */
export const reason = v.strictObject({
  kind: choice(
    ['changed', 'added', 'removed', 'listing', 'configuration', 'not-readable'],
    'What happened to `path`: a file `changed`, was `added` or `removed`; a folder that is listed has other files (`listing`); the settings of the overlay changed (`configuration`); or what the overlay reads is not known (`not-readable`).',
  ),
  path: text('The file or folder, relative to the workspace.'),
  named: v.optional(
    v.pipe(position, v.description('Where a kustomization names it. Absent when none does.')),
  ),
})

export type ErrorJson = Printed<v.InferOutput<typeof error>>
export type OverlayErrorJson = Printed<v.InferOutput<typeof overlayError>>
export type FindingJson = Printed<v.InferOutput<typeof finding>>
