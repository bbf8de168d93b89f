import pg from 'pg'

const { builtins } = pg.types
const INT8_ARRAY = 1016
const NUMERIC_ARRAY = 1231
const TEXT_ARRAY = 1009 as Parameters<typeof pg.types.getTypeParser>[0]

const parseTextArray: (text: string) => readonly (string | null)[] = pg.types.getTypeParser(TEXT_ARRAY, 'text')
const parseBigintArray = (text: string) =>
  parseTextArray(text).map((element) => (element === null ? null : BigInt(element)))

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [builtins.INT8]: BigInt,
  [builtins.NUMERIC]: BigInt,
  [INT8_ARRAY]: parseBigintArray,
  [NUMERIC_ARRAY]: parseBigintArray,
  [builtins.DATE]: (text) => text,
}

/** int8 and numeric become bigint (a numeric with a fraction is an error), dates without time stay text, the rest as pg has it. */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers[oid]) || pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text'),
}
