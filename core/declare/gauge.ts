/** How loud an alert is: `critical` wakes somebody, `warning` is read in the morning. */
export type Severity = 'critical' | 'warning'

/** When somebody has to look at a gauge, and what they are told. */
export type GaugeAlert = {
  readonly when: 'above' | 'below'
  readonly threshold: number
  /** For how long it must stay so. */
  readonly forMinutes: number
  readonly severity: Severity
  /** What is wrong, in one sentence. */
  readonly says: string
  /** What to do, in one sentence. */
  readonly fix: string
}

/** A number that a service measures each time its metrics are read; its unit is the last word of its name. */
export type GaugeShape = {
  readonly summary: string
  /** The dashboard that it is shown on, beside others of the same subject. */
  readonly subject: string
  readonly labels: readonly string[]
  /** By the name of the alert, `RelayStuck`. */
  readonly alerts: Readonly<Record<string, GaugeAlert>>
}

/** The name under which a gauge is read: `chain_head_age_seconds` of `chainHeadAgeSeconds`. */
export const metricName = (gauge: string): string => gauge.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
