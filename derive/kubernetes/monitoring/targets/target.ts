/** Pods whose metrics are read. */
export type Target = {
  /** The label `job` of all that is read there, and the name of the monitor. */
  readonly job: string
  /** The system, where several targets have one job. */
  readonly name?: string
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  readonly port: number
  /** The labels in the metrics are of what they are about, and win over those of the pod that serves them. */
  readonly honorLabels?: true
  /** Only metrics of these names are kept, where most of what is served is never looked at. */
  readonly keep?: readonly string[]
}
