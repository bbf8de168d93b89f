import { metadataSchema, schemaFor } from '../../schemas/schemas.ts'
import { type SchemaFault, validate } from '../../schemas/validate.ts'
import type { Found, Json, JsonObject, Loaded, World } from '../../types.ts'

// three rules ask, and an object may be part of several worlds: its faults depend on nothing but itself
const judged = new WeakMap<Loaded, readonly SchemaFault[]>()

const judge = ({ ref, manifest }: Loaded): readonly SchemaFault[] => {
  const { apiVersion, kind, metadata, ...content } = manifest
  const ofMetadata = validate(metadata as Json, metadataSchema(), 'metadata')
  const schema = schemaFor(ref)
  return schema === undefined ? ofMetadata : [...ofMetadata, ...validate(content as JsonObject, schema)]
}

/** What the schema of its kind has against an object. */
const faultsOf = (object: Loaded): readonly SchemaFault[] => {
  const faults = judged.get(object) ?? judge(object)
  judged.set(object, faults)
  return faults
}

/** Reports the faults of one kind, each in the words of `report`. */
export const reportFaults = <Kind extends SchemaFault['kind']>(
  world: World,
  kind: Kind,
  report: (fault: SchemaFault & { kind: Kind }, object: Loaded) => Omit<Found, 'on'>,
): readonly Found[] =>
  world.objects.flatMap((object) =>
    faultsOf(object)
      .filter((fault): fault is SchemaFault & { kind: Kind } => fault.kind === kind)
      .map((fault) => ({ on: object, ...report(fault, object) })),
  )

/** `postgresql.cnpg.io/v1 Cluster`, with the version that the object was judged by. */
export const judgedBy = ({ ref }: Loaded): string => {
  const version = schemaFor(ref)?.version ?? ref.version
  return `${ref.group === '' ? '' : `${ref.group}/`}${version} ${ref.kind}`
}
