/** A query and what its lines are called. */
export type Query = { readonly expr: string; readonly legend?: string }

/** What a panel shows, before it has a place. */
export type Panel = {
  readonly kind: 'timeseries' | 'stat' | 'table' | 'bargauge'
  readonly title: string
  readonly about?: string
  /** Grafana’s name of the unit: `s`, `bytes`, `reqps`, `percentunit`, `short`. */
  readonly unit: string
  readonly queries: readonly Query[]
  /** Columns of 24. */
  readonly width: number
  /** Red from here on. */
  readonly bad?: number
}

/** Panels under one heading. */
export type Row = { readonly title: string; readonly panels: readonly Panel[] }

/** A page of Grafana. */
export type Dashboard = {
  /** Stable: part of links to it, and the name of its file. */
  readonly uid: string
  readonly title: string
  readonly about: string
  readonly rows: readonly Row[]
}

/** Lines over time. */
export const graph = (title: string, unit: string, queries: readonly Query[], width = 8): Panel => ({
  kind: 'timeseries',
  title,
  unit,
  queries,
  width,
})

/** The newest value in large figures; red from `bad` on. */
export const figure = (title: string, unit: string, expr: string, bad?: number, width = 4): Panel => ({
  kind: 'stat',
  title,
  unit,
  queries: [{ expr }],
  width,
  ...(bad === undefined ? {} : { bad }),
})

/** The newest value of each label set, longest bar first. */
export const bars = (title: string, unit: string, query: Query, width = 8): Panel => ({
  kind: 'bargauge',
  title,
  unit,
  queries: [query],
  width,
})

/** One line for each series of an expression. */
export const line = (expr: string, legend = '{{pod}}'): readonly Query[] => [{ expr, legend }]

/** How much a counter rises a second, summed by labels. */
export const rate = (metric: string, by: string, matchers = ''): string =>
  `sum by (${by}) (rate(${metric}${matchers}[5m]))`

/** A quantile of a histogram over five minutes. */
export const quantile = (share: number, metric: string, by = ''): string =>
  `histogram_quantile(${share}, sum by (le${by === '' ? '' : `, ${by}`}) (rate(${metric}_bucket[5m])))`
