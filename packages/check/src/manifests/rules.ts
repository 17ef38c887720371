import type { Rule } from '../rule.ts'
import { configMapTooLarge } from './config-map-too-large.ts'
import { danglingReference } from './dangling-reference.ts'
import { duplicateIdentity } from './duplicate-identity.ts'
import { duplicateListKey } from './duplicate-list-key.ts'
import { imageNotPinned } from './image-not-pinned.ts'
import type { ManifestCheck } from './manifest-check.ts'
import { noNamespace } from './no-namespace.ts'
import { schema } from './schema.ts'
import { serviceSelectsNothing } from './service-selects-nothing.ts'
import { unknownNamespace } from './unknown-namespace.ts'
import { unknownPort } from './unknown-port.ts'
import { unknownVolume } from './unknown-volume.ts'

/** The rules about rendered manifests. */
export const MANIFEST_RULES: readonly Rule<ManifestCheck>[] = [
  duplicateIdentity,
  duplicateListKey,
  unknownNamespace,
  noNamespace,
  danglingReference,
  serviceSelectsNothing,
  unknownPort,
  unknownVolume,
  configMapTooLarge,
  imageNotPinned,
  schema,
]
