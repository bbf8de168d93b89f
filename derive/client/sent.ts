import * as z from 'zod'

/** What a caller gives for a schema: decoded values (bigint, Date), and nothing where the declaration has a default. */
export type Sent<S> =
  S extends z.ZodDefault<infer Inner>
    ? Sent<Inner> | undefined
    : S extends z.ZodOptional<infer Inner>
      ? Sent<Inner> | undefined
      : S extends z.ZodObject<infer Shape>
        ? SentObject<Shape>
        : S extends z.ZodArray<infer Item>
          ? readonly Sent<Item>[]
          : S extends z.ZodType
            ? z.output<S>
            : undefined

type SentObject<Shape> = {
  readonly [K in keyof Shape as undefined extends Sent<Shape[K]> ? never : K]: Sent<Shape[K]>
} & {
  readonly [K in keyof Shape as undefined extends Sent<Shape[K]> ? K : never]?: Sent<Shape[K]>
}

/** Turns decoded values into their wire form by `schema`; fields that have a default may be missing. */
export const encoderOf = (schema: z.ZodType): ((value: unknown) => unknown) => {
  const lenient = withoutDefaults(schema)
  return (value) => z.encode(lenient, value)
}

/** A default cannot be encoded: here it is a field that may be missing, which the service fills in. */
const withoutDefaults = (schema: z.ZodType): z.ZodType => {
  if (schema instanceof z.ZodDefault) return z.optional(withoutDefaults(innerOf(schema)))
  if (schema instanceof z.ZodOptional) return z.optional(withoutDefaults(innerOf(schema)))
  if (schema instanceof z.ZodArray) return z.array(withoutDefaults(elementOf(schema)))
  if (schema instanceof z.ZodObject) {
    const shape = Object.entries(schema.shape).map(
      ([key, field]) => [key, withoutDefaults(parseSchema(field))] as const,
    )
    return z.strictObject(Object.fromEntries(shape))
  }
  return schema
}

const innerOf = (schema: z.ZodDefault | z.ZodOptional): z.ZodType => parseSchema(schema.unwrap())
const elementOf = (schema: z.ZodArray): z.ZodType => parseSchema(schema.element)

/** Zod types the parts of a schema by their core, which every one of its schemas extends. */
const parseSchema = (schema: z.core.$ZodType): z.ZodType => {
  if (schema instanceof z.ZodType) return schema
  throw new TypeError('a declared schema holds a part that Zod did not make')
}
