import { bytesText, cpuText } from '@knowton/verify'
import type { NodeCount, Plan, PoolPlan } from './plan.ts'
import { type Cost, moneyText } from './prices.ts'

type Row = readonly string[]

/** Columns as wide as their widest cell; the first is left-aligned, and so is every one that holds no number. */
const aligned = (rows: readonly Row[]): string => {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const cells = Array.from({ length: columns }, (_, column) => rows.map((row) => row[column] ?? ''))
  const widths = cells.map((column) => Math.max(...column.map((cell) => cell.length)))
  const isNumeric = cells.map((column) => column.slice(1).every((cell) => /^[\d.,%]*( GiB| CPU|!)?$/.test(cell)))
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          isNumeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `  ${line}\n`)
    .join('')
}

const counted = ({ needed, allowed }: NodeCount): string => `${needed} of ${allowed}${needed > allowed ? ' !' : ''}`

const poolRow = ({ name, instanceType, minNodes, maxNodes, nodes }: PoolPlan): Row => [
  name,
  instanceType,
  `${minNodes}–${maxNodes}`,
  counted(nodes.now),
  counted(nodes.peak),
  counted(nodes['node-lost']),
  counted(nodes['zone-lost']),
]

const nodeRows = ({ name, placed }: PoolPlan): readonly Row[] =>
  placed.map(({ zone, cpuPercent, memoryPercent, pods }, index) => [
    `${name} ${index + 1}`,
    `zone ${'abcdefghij'[zone] ?? zone + 1}`,
    `${cpuPercent}% CPU`,
    `${memoryPercent}% memory`,
    pods.map(({ name: pod, count }) => (count === 1 ? pod : `${count} × ${pod}`)).join(', '),
  ])

const gibText = (gib: number): string => `${Number(gib.toFixed(1)).toLocaleString('en-US')} GiB`

const storageText = ({ storage }: Plan): string => {
  const classes = [...new Set(storage.map(({ storageClass }) => storageClass))]
  return classes
    .map((name) => {
      const rows = storage.filter(({ storageClass }) => storageClass === name)
      const total = rows.reduce((sum, { gib }) => sum + gib, 0)
      return `Storage of class ${name}: ${gibText(total)}\n\n${aligned([
        ['system', 'volumes', 'together'],
        ...rows.map(({ system, volumes, gib }) => [system, String(volumes), gibText(gib)]),
      ])}\n`
    })
    .join('')
}

const poolsText = ({ pools }: Plan): string =>
  pools.length === 0
    ? 'This cluster has no pools of nodes: everything runs on the machines that it has.\n\n'
    : `Nodes that are needed, of those that the pool may have then:\n\n${aligned([
        ['pool', 'machine', 'size', 'now', 'scaled up', 'one node lost', 'one zone lost'],
        ...pools.map(poolRow),
      ])}\nWhat stands where (shares of what a node has for pods):\n\n${aligned(pools.flatMap(nodeRows))}\n`

const costText = (cost: Cost): string => {
  const line = (value: bigint) => `${moneyText(value)} ${cost.currency}`
  return `A month (730 hours), by the prices that were given:\n\n${aligned([
    ['machines', line(cost.machinesMicros)],
    ['machines, scaled up', line(cost.machinesAtPeakMicros)],
    ['storage', line(cost.storageMicros)],
    ['together', line(cost.machinesMicros + cost.storageMicros)],
  ])}${cost.unpriced.length === 0 ? '' : `\n  Without a price, so not counted: ${cost.unpriced.join(', ')}.\n`}\n`
}

/** The plan for people to read. */
export const planText = (plan: Plan, cost: Cost | undefined): string => {
  const { pods, cpuMillis, memoryBytes, gpus } = plan.requests
  const requested = `${cpuText(cpuMillis)}, ${bytesText(memoryBytes)}${gpus === 0 ? '' : ` and ${gpus} GPUs`}`
  const fits =
    plan.misfits.length === 0
      ? 'Everything fits.\n'
      : `What does not fit:\n\n${plan.misfits.map((says) => `  ✗ ${says}\n`).join('')}`
  return `${plan.environment}: ${pods} pods request ${requested}.\n\n${poolsText(plan)}${storageText(plan)}${cost === undefined ? '' : costText(cost)}${fits}`
}
