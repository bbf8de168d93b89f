import type { Found, Rule } from '../../types.ts'
import { objectsOf, textOf } from '../../values.ts'
import { dashboards, datasourceUid, datasourceUids, grafanas, PROVISIONING, panelsOf } from './grafanas.ts'

/** Plugins that their makers gave up, and what to use instead (their READMEs and plugin.json). */
const endedPlugins: Readonly<Record<string, string>> = {
  'grafana-piechart-panel': 'piechart',
  'grafana-worldmap-panel': 'geomap',
  'grafana-singlestat-panel': 'stat',
  'natel-discrete-panel': 'state-timeline',
  'briangann-gauge-panel': 'gauge',
  'jdbranham-diagram-panel': 'canvas',
}

const pluginSettings = ['GF_INSTALL_PLUGINS', 'GF_PLUGINS_PREINSTALL', 'GF_PLUGINS_PREINSTALL_SYNC'] as const

/** Panels in AngularJS, which Grafana 11 switches off and 12 no longer has. */
export const grafanaPluginEnded: Rule = {
  id: 'grafana-plugin-ended',
  severity: 'warning',
  about: 'No Grafana installs a plugin that its makers gave up.',
  check: (world) =>
    grafanas(world).flatMap(({ group, environment }) =>
      pluginSettings.flatMap((name) => {
        const variable = environment.variables.get(name)
        return (variable?.value ?? '')
          .split(',')
          .map((plugin) => plugin.trim().split(/[\s@]/)[0] ?? '')
          .filter((plugin) => endedPlugins[plugin] !== undefined)
          .map((plugin) => ({
            on: group.owner,
            path: variable?.path ?? '',
            says: `Panels of ${plugin} will stay empty from Grafana 12 on, and from 11 unless AngularJS is switched on: the plugin is deprecated and gets no more fixes.`,
            fix: `Use the panel ${endedPlugins[plugin]}, which is part of Grafana.`,
          }))
      }),
    ),
}

/** A start that depends on a download. */
export const grafanaPluginDownload: Rule = {
  id: 'grafana-plugin-download',
  severity: 'warning',
  about: 'No Grafana downloads plugins when it starts.',
  check: (world) =>
    grafanas(world).flatMap(({ group, environment }) =>
      pluginSettings
        .filter((name) => (environment.variables.get(name)?.value ?? '') !== '')
        .map((name) => ({
          on: group.owner,
          path: environment.variables.get(name)?.path ?? '',
          says: 'Each start of Grafana needs the internet, and runs whatever is there that day: plugins are downloaded before it serves.',
          fix: 'Build an image with the plugins in it, or do without them.',
        })),
    ),
}

/** Grafana reads providers there, and dashboards only from where a provider points. */
export const grafanaDashboardsUnread: Rule = {
  id: 'grafana-dashboards-unread',
  severity: 'error',
  about: 'No dashboard is mounted where Grafana looks only for providers of dashboards.',
  check: (world) =>
    grafanas(world).flatMap(({ group, mounts }) => {
      const folder = `${PROVISIONING}/dashboards`
      const there = mounts.find(({ mountPath, subPath }) => mountPath === folder && subPath === undefined)
      if (there === undefined) return []
      const names = there.files?.map(({ path }) => path)
      const others = mounts.filter(
        ({ mountPath, volume }) => volume.configMap !== undefined && !mountPath.startsWith(PROVISIONING),
      )
      // what the volume holds is not known; with a second one for the dashboards it may well be right
      if (names === undefined && others.length > 0) return []
      if (names?.some((name) => /\.ya?ml$/.test(name))) return []
      return [
        {
          on: group.owner,
          path: there.path,
          ...(names === undefined && { severity: 'warning' as const }),
          says: `Grafana will show none of these dashboards: in ${folder} it reads only provider files (*.yaml) that say where dashboards are${names === undefined ? ', and no other volume could hold them' : ''}.`,
          fix: 'Put a provider file there and mount the dashboards in a folder of their own that it names.',
        },
      ]
    }),
}

/** The panels that are part of Grafana 13 (public/app/plugins/panel). */
const corePanels = new Set([
  'alertlist',
  'annolist',
  'barchart',
  'bargauge',
  'candlestick',
  'canvas',
  'dashlist',
  'datagrid',
  'flamegraph',
  'gauge',
  'geomap',
  'gettingstarted',
  'heatmap',
  'histogram',
  'logs',
  'news',
  'nodeGraph',
  'piechart',
  'row',
  'stat',
  'state-timeline',
  'status-history',
  'table',
  'text',
  'timeseries',
  'traces',
  'trend',
  'welcome',
  'xychart',
])

/** A panel of a type that Grafana does not have shows an error. */
export const dashboardPanelUnknown: Rule = {
  id: 'dashboard-panel-unknown',
  severity: 'error',
  about: 'Every panel of a dashboard has a type that is part of Grafana.',
  check: (world) =>
    dashboards(world).flatMap((dashboard) =>
      panelsOf(dashboard)
        .filter(({ type }) => !corePanels.has(String(type)))
        .map(({ type, title }) => ({
          on: dashboard.source,
          path: dashboard.path,
          says: `The panel "${textOf(title) ?? ''}" of "${textOf(dashboard.content.title) ?? ''}" will show an error: Grafana has no panel ${type}${type === 'graph' ? ' any more' : ''}.`,
          fix: 'Use a panel that is part of Grafana (timeseries, stat, table …).',
        })),
    ),
}

/** A panel that asks nobody. */
export const dashboardDatasourceUnknown: Rule = {
  id: 'dashboard-datasource-unknown',
  severity: 'error',
  about: 'Every datasource that a dashboard asks is provisioned.',
  check: (world) => {
    const uids = datasourceUids(world)
    if (uids === undefined) return []
    return dashboards(world).flatMap((dashboard) => {
      const holders = panelsOf(dashboard).flatMap((panel) => [panel, ...objectsOf(panel.targets)])
      const unknown = [...new Set(holders.flatMap((holder) => datasourceUid(holder) ?? []))].filter(
        (uid) => !uids.has(uid),
      )
      return unknown.map(
        (uid): Found => ({
          on: dashboard.source,
          path: dashboard.path,
          says: `Panels of "${textOf(dashboard.content.title) ?? ''}" will show "datasource not found": no datasource with the uid ${uid} is provisioned.`,
          fix: `Give a datasource that uid, or use one of ${[...uids].join(', ')}.`,
        }),
      )
    })
  },
}
