import { DEFAULT_PREFERENCES } from '../formats/preferences.ts'
import type { LanguageSettings } from './context.ts'

/** What yq does without any flag. */
export const DEFAULT_SETTINGS: LanguageSettings = {
  mergeToSpecification: false,
  interpolation: true,
  formats: DEFAULT_PREFERENCES,
}
