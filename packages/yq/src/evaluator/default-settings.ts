import { DEFAULT_PREFERENCES } from '../formats/preferences.ts'
import type { LanguageSettings } from './context.ts'

/** The settings of yq without flags. */
export const DEFAULT_SETTINGS: LanguageSettings = {
  mergeToSpecification: false,
  interpolation: true,
  formats: DEFAULT_PREFERENCES,
}
