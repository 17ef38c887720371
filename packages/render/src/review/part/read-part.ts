import { parseLossless } from '@overlay-render/golden'
import { Fault, type FaultOptions, readBytes } from '@overlay-render/system'
import * as v from 'valibot'

import { RenderFault } from '../../render-fault.ts'
import type { ReviewedOverlay } from '../review.ts'
import { PART_VERSION, type PartFile, type PartOverlay, type ReviewPart } from './part.ts'
import { partSchema } from './part-schema.ts'

/** The largest file that is read, in bytes. */
const MAX_BYTES = 256 * 1024 * 1024

/**
 * Reads a part from an untrusted file.
 *
 * @throws SystemFault when the file cannot be read; RenderFault `part-invalid` when it is no part
 */
export async function readReviewPart(file: string): Promise<ReviewPart> {
  const bytes = await readBytes(file)
  if (bytes.byteLength > MAX_BYTES) throw invalid(file, `it is larger than ${MAX_BYTES} bytes`)
  const data = parsed(bytes.toString('utf8'), file)
  requirePart(data, file)
  const { overlayRenderReviewPart: _version, shard, overlays, jobs, ...rest } = data
  return { shard, jobs, review: { ...rest, overlays: overlays.map(unpacked) } }
}

/** Checks the data in place: the output of the schema would have its members in another order than the file. */
function requirePart(data: unknown, file: string): asserts data is PartFile {
  const version = versionOf(data)
  if (version !== undefined && version !== PART_VERSION) {
    throw invalid(
      file,
      `it is of version ${JSON.stringify(version)}, and this program reads version ${PART_VERSION}`,
    )
  }
  const checked = v.safeParse(partSchema, data, { abortEarly: true })
  if (checked.success) return
  const [issue] = checked.issues
  throw invalid(file, `${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`)
}

function parsed(text: string, file: string): unknown {
  try {
    return parseLossless(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw invalid(file, 'it is not valid JSON')
  }
}

function versionOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'overlayRenderReviewPart' in data
    ? data.overlayRenderReviewPart
    : undefined
}

function invalid(file: string, why: string): RenderFault {
  return new RenderFault({
    code: 'part-invalid',
    message: `${file} is not a part of a review: ${why}`,
    hint: 'name a file that a review of one shard wrote as a report of the format part',
  })
}

function unpacked({ fault, faultBefore, goldenFault, ...rest }: PartOverlay): ReviewedOverlay {
  return {
    ...rest,
    fault: unpackedFault(fault),
    faultBefore: unpackedFault(faultBefore),
    goldenFault: unpackedFault(goldenFault),
  }
}

function unpackedFault(options: FaultOptions<string> | undefined): Fault | undefined {
  return options === undefined ? undefined : new Fault(options)
}
