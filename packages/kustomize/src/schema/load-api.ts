import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { errnoOf, SystemFault, writeAtomically } from '@overlay-render/system'

import type { Kustomize } from '../provide/provider.ts'
import type { ApiDocument } from './api-schema.ts'
import { type EmbeddedSchema, findSchema } from './embedded-schema.ts'
import { isJsonMap } from './json-map.ts'
import { readDefinitions } from './openapi-protobuf.ts'
import { compactApi } from './compact-api.ts'

/** The version of the cache format, including the tables of later and required fields. */
const SHAPE = 2

/**
 * Loads the Kubernetes kinds that a kustomize or kubectl knows, from its embedded OpenAPI document. The result, a tenth of the
 * document's size, is cached in the store by the digest of the binary.
 *
 * @returns undefined for a binary without a document
 */
export async function loadApi(
  { path, sha256 }: Pick<Kustomize, 'path' | 'sha256'>,
  storeFolder: string,
): Promise<ApiDocument | undefined> {
  const kept = join(storeFolder, `api-${SHAPE}-${sha256}.json`)
  const known = await readKept(kept)
  if (known !== undefined) return known
  const embedded = findSchema(await readFile(path))
  const api = embedded === undefined ? undefined : readEmbedded(embedded)
  if (api === undefined) return undefined
  try {
    writeAtomically(kept, JSON.stringify(api), { guarded: [] })
  } catch (error) {
    // If the store is not writable, the next run is only slower.
    if (!(error instanceof SystemFault)) throw error
  }
  return api
}

function readEmbedded(embedded: EmbeddedSchema): ApiDocument | undefined {
  if (embedded.form === 'protobuf') return compactApi(readDefinitions(embedded.bytes))
  const document: unknown = JSON.parse(embedded.text)
  const definitions = isJsonMap(document) ? document['definitions'] : undefined
  return isJsonMap(definitions) ? compactApi(definitions) : undefined
}

async function readKept(path: string): Promise<ApiDocument | undefined> {
  try {
    const kept: unknown = JSON.parse(await readFile(path, 'utf8'))
    return isApiDocument(kept) ? kept : undefined
  } catch (error) {
    if (errnoOf(error) !== undefined || error instanceof SyntaxError) return undefined
    throw error
  }
}

function isApiDocument(value: unknown): value is ApiDocument {
  return isJsonMap(value) && isJsonMap(value['definitions']) && isJsonMap(value['kinds'])
}
