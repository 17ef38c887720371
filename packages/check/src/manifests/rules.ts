import type { Rule } from '../rule.ts'
import { configMapTooLarge } from './config-map-too-large.ts'
import type { ManifestCheck } from './manifest-check.ts'

/** Every rule about rendered manifests. */
export const MANIFEST_RULES: readonly Rule<ManifestCheck>[] = [configMapTooLarge]
