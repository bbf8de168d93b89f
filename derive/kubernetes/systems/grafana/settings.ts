import { DASHBOARD_FOLDER } from './provisioning.ts'

/** Grafana’s settings by their environment variables: nobody unknown comes in, and nothing is fetched from outside. */
export const grafanaSettings = (secretFolder: string) =>
  Object.entries({
    GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
    GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
    GF_ANALYTICS_FEEDBACK_LINKS_ENABLED: 'false',
    GF_ANALYTICS_REPORTING_ENABLED: 'false',
    GF_AUTH_ANONYMOUS_ENABLED: 'false',
    GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: `${DASHBOARD_FOLDER}/overview.json`,
    GF_LOG_MODE: 'console',
    GF_NEWS_NEWS_FEED_ENABLED: 'false',
    GF_PLUGINS_PLUGIN_ADMIN_ENABLED: 'false',
    GF_PLUGINS_PREINSTALL_DISABLED: 'true',
    GF_SECURITY_ADMIN_PASSWORD__FILE: `${secretFolder}/password`,
    GF_SECURITY_ADMIN_USER__FILE: `${secretFolder}/username`,
    GF_SECURITY_SECRET_KEY__FILE: `${secretFolder}/secretKey`,
    GF_SECURITY_DISABLE_GRAVATAR: 'true',
    GF_SNAPSHOTS_EXTERNAL_ENABLED: 'false',
    GF_UNIFIED_ALERTING_ENABLED: 'false',
    GF_USERS_ALLOW_SIGN_UP: 'false',
  }).map(([name, value]) => ({ name, value }))
