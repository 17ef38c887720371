import { type Message, messagesOf, readMessage, textsOf } from './read-protobuf.ts'

/** Field numbers of `openapi.v2`, from OpenAPIv2.proto of github.com/google/gnostic. */
const DOCUMENT = { definitions: 9 }
const NAMED = { name: 1, value: 2 }
const SCHEMA = {
  ref: 1,
  format: 2,
  required: 19,
  additional: 21,
  type: 22,
  items: 23,
  properties: 25,
  extension: 31,
}
const ANY_YAML = 2

/** The definitions of an OpenAPI document in protobuf, in their JSON form without descriptions. */
export function readDefinitions(bytes: Buffer): Record<string, unknown> {
  const [definitions] = messagesOf(readMessage(bytes), DOCUMENT.definitions)
  return namedSchemas(definitions)
}

function namedSchemas(message: Message | undefined): Record<string, unknown> {
  return Object.fromEntries(
    messagesOf(message, 1).map((named) => {
      const [name = ''] = textsOf(named, NAMED.name)
      const [schema] = messagesOf(named, NAMED.value)
      return [name, schema === undefined ? {} : schemaOf(schema)]
    }),
  )
}

/** Recursive, because schemas are only a few levels deep and refer to others by name. */
function schemaOf(message: Message): Record<string, unknown> {
  const [ref] = textsOf(message, SCHEMA.ref)
  const [format] = textsOf(message, SCHEMA.format)
  const [type] = messagesOf(message, SCHEMA.type).flatMap((types) => textsOf(types, 1))
  const required = textsOf(message, SCHEMA.required)
  const [additional] = messagesOf(message, SCHEMA.additional).flatMap((either) => messagesOf(either, 1))
  const [items] = messagesOf(message, SCHEMA.items).flatMap((list) => messagesOf(list, 1))
  const [properties] = messagesOf(message, SCHEMA.properties)
  return {
    ...(ref === undefined ? {} : { $ref: ref }),
    ...(format === undefined ? {} : { format }),
    ...(type === undefined ? {} : { type }),
    ...(required.length === 0 ? {} : { required }),
    ...(additional === undefined ? {} : { additionalProperties: schemaOf(additional) }),
    ...(items === undefined ? {} : { items: schemaOf(items) }),
    ...(properties === undefined ? {} : { properties: namedSchemas(properties) }),
    ...extensionsOf(message),
  }
}

/** Extensions are YAML text: for the kinds, a list of maps with one pair per line. */
function extensionsOf(message: Message): Record<string, unknown> {
  const kinds = messagesOf(message, SCHEMA.extension)
    .filter((named) => textsOf(named, NAMED.name)[0] === GROUP_VERSION_KIND)
    .flatMap((named) => messagesOf(named, NAMED.value).flatMap((any) => textsOf(any, ANY_YAML)))
  if (kinds.length === 0) return {}
  return {
    [GROUP_VERSION_KIND]: kinds
      .join('\n')
      .split(/^- /mu)
      .slice(1)
      .map((entry) =>
        Object.fromEntries(
          [...entry.matchAll(/^ *(\w+): *"?([^"\n]*)"?$/gmu)].map(([, key = '', value = '']) => [key, value]),
        ),
      ),
  }
}

/** The extension with the kinds of a definition. */
export const GROUP_VERSION_KIND = 'x-kubernetes-group-version-kind'
