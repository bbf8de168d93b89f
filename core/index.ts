export { type GaugeAlert, type GaugeShape, metricName, type Severity } from './declare/gauge.ts'
export { page, pageQuery } from './declare/page.ts'
export { type RequestErrorCode, requestErrors } from './declare/request-errors.ts'
export {
  type Access,
  DEFAULT_BODY_LIMIT_BYTES,
  DEFAULT_TIMEOUT_MS,
  type Download,
  type EventsOutput,
  events,
  type InputOf,
  type OutputOf,
  type RefusalOf,
  type RouteShape,
  route,
  type Upload,
} from './declare/route.ts'
export {
  DRAIN_SECONDS,
  defineErrors,
  type ErrorEntry,
  type ErrorTable,
  type Instances,
  type Need,
  type PlatformShape,
  type Pool,
  type ServiceShape,
  type Size,
  type StoreKind,
  type StoreShape,
  service,
} from './declare/service.ts'
export {
  type ClientSystem,
  clientSystemNames,
  clientSystems,
  systemSettingKey,
  systemVariables,
} from './declare/systems.ts'
export { type Event, type PayloadOf, type TopicShape, topic } from './declare/topic.ts'
export { isSettingKey, storeSettingOf, storeVariableOf, variableOf } from './declare/variables.ts'
export {
  type AccountId,
  accountId,
  accountIdOf,
  address,
  addressOf,
  bytes32,
  chainIdOf,
  type Hex,
  hexBytes,
  lowerCase,
  recordId,
  tokenIdOf,
} from './ids/ids.ts'
export { amount, bps, bpsOf, formatUnits, MAX_UINT256, PPM, ppmOf, uint256 } from './money/amount.ts'
export { Fault, isRetryable, type Retry } from './result/fault.ts'
export { type Ok, ok, type Refused, type Result, refuse } from './result/result.ts'
export { type Clock, instant, toUnixSeconds, unixSeconds, wait } from './time/time.ts'
