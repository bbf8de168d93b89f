import type { Dashboard, Panel, Row } from './panel.ts'

/** The datasource of every panel. */
export const DATASOURCE_UID = 'prometheus'

const COLUMNS = 24
const HEIGHTS = { timeseries: 8, stat: 4, table: 8, bargauge: 8 } as const
const datasource = { type: 'prometheus', uid: DATASOURCE_UID }

/** A dashboard as Grafana 13 reads it from a file: panels in rows of 24 columns, left to right. */
export const dashboardJson = ({ uid, title, about, rows }: Dashboard): string =>
  `${JSON.stringify({
    uid,
    title,
    description: about,
    tags: ['knowton'],
    schemaVersion: 41,
    editable: false,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    templating: { list: [] },
    annotations: { list: [] },
    links: [
      { title: 'KnowTon', type: 'dashboards', tags: ['knowton'], asDropdown: true, includeVars: false, keepTime: true },
    ],
    panels: placed(rows),
  })}\n`

type Place = { readonly x: number; readonly y: number; readonly w: number; readonly h: number }

const placed = (rows: readonly Row[]): readonly object[] => {
  const panels: object[] = []
  let y = 0
  for (const row of rows) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title: row.title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y, w: COLUMNS, h: 1 },
    })
    y += 1
    let x = 0
    let tallest = 0
    for (const panel of row.panels) {
      const h = HEIGHTS[panel.kind]
      if (x + panel.width > COLUMNS) {
        y += tallest
        x = 0
        tallest = 0
      }
      panels.push(panelJson(panel, panels.length + 1, { x, y, w: panel.width, h }))
      x += panel.width
      tallest = Math.max(tallest, h)
    }
    y += tallest
  }
  return panels
}

const panelJson = (panel: Panel, id: number, gridPos: Place) => ({
  id,
  type: panel.kind,
  title: panel.title,
  ...(panel.about === undefined ? {} : { description: panel.about }),
  gridPos,
  datasource,
  targets: panel.queries.map(({ expr, legend }, index) => ({
    refId: String.fromCharCode('A'.charCodeAt(0) + index),
    datasource,
    expr,
    legendFormat: legend ?? '__auto',
    ...(panel.kind === 'timeseries' ? { range: true } : { instant: true }),
    ...(panel.kind === 'table' ? { format: 'table' } : {}),
  })),
  fieldConfig: { defaults: fieldDefaults(panel), overrides: [] },
  options: options[panel.kind],
})

const fieldDefaults = ({ kind, unit, bad }: Panel) => ({
  unit,
  ...(kind === 'timeseries'
    ? { custom: { drawStyle: 'line', fillOpacity: 10, lineWidth: 1, showPoints: 'never', spanNulls: false } }
    : {}),
  thresholds: {
    mode: 'absolute',
    steps: [{ color: 'green', value: null }, ...(bad === undefined ? [] : [{ color: 'red', value: bad }])],
  },
})

const reduceOptions = { calcs: ['lastNotNull'], fields: '', values: false }
const options = {
  timeseries: {
    legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
    tooltip: { mode: 'multi', sort: 'desc' },
  },
  stat: { reduceOptions, colorMode: 'value', graphMode: 'area', textMode: 'auto' },
  table: { showHeader: true },
  bargauge: { reduceOptions, displayMode: 'basic', orientation: 'horizontal' },
} as const
