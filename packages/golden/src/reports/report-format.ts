import { nearestNames } from '@overlay-render/system'

import { GoldenFault } from '../golden-fault.ts'

const FORMATS = ['text', 'json', 'markdown', 'html', 'junit', 'json-patch'] as const

export type ReportFormat = (typeof FORMATS)[number]

/** Every format, in the order of the help text. */
export const REPORT_FORMATS: readonly string[] = FORMATS

/**
 * Parses the name of a format.
 *
 * @throws GoldenFault `format-unknown`, with the nearest names
 */
export function reportFormat(name: string): ReportFormat {
  const found = FORMATS.find((format) => format === name)
  if (found !== undefined) return found
  const [nearest] = nearestNames(name, REPORT_FORMATS)
  throw new GoldenFault({
    code: 'format-unknown',
    message: `${JSON.stringify(name)} is not a report format; the formats are ${REPORT_FORMATS.join(', ')}`,
    hint: nearest === undefined ? undefined : `did you mean ${nearest}?`,
  })
}
