export { migrate } from '../migrate/migrate.ts'
export { API_PREFIX } from '../serve/server.ts'
export { createTestTokens, type TestTokens } from './access-tokens.ts'
export {
  type Answer,
  accepted,
  type PlainAnswer,
  type PlainRequest,
  type Sender,
  type ToldProblem,
} from './call-route.ts'
export { appendNow, openOutbox, prepareDatabase } from './event-log.ts'
export { behavesAsEventSource, type EventLog, type NewFact } from './event-source-behaviour.ts'
export { behavesAsFiles } from './files-behaviour.ts'
export { openService, type TestService } from './open-service.ts'
export { type ProcessEnd, runProcess, type TestProcess } from './run-process.ts'
export { temporaryFolder } from './temporary-folder.ts'
export { type TestSettings, type TestStore, testEnvironment } from './test-environment.ts'
export { appendFacts, type TestFact } from './test-facts.ts'
export { behavesAsWarehouse } from './warehouse-behaviour.ts'
