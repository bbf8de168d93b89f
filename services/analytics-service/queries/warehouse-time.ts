const EARLIEST = new Date('1900-01-01T00:00:00.000Z')

/** The last instant of DateTime64 in ClickHouse. */
export const END_OF_TIME = new Date('2299-12-31T23:59:59.999Z')

/** An instant that DateTime64 can hold: what lies beyond its range becomes its end. */
export const toWarehouseTime = (date: Date | undefined): Date | undefined => {
  if (date === undefined || (date >= EARLIEST && date <= END_OF_TIME)) return date
  return date < EARLIEST ? EARLIEST : END_OF_TIME
}

/** Reads `2026-02-03 04:05:06.789`, a DateTime64(3, 'UTC') as ClickHouse prints it. */
export const parseWarehouseTime = (text: string): Date => new Date(`${text.replace(' ', 'T')}Z`)
