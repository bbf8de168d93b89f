/** The Service in front of Prometheus, and the account that its pods have. */
export const PROMETHEUS_SERVICE = 'prometheus'

/** The Secret with the configuration of Alertmanager. */
export const ALERTMANAGER_CONFIG = 'alertmanager-config'

/** The Secret with the first administrator of Grafana. */
export const GRAFANA_CREDENTIALS = 'grafana-credentials'
