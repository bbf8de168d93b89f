import { run } from '@knowton/kit'
import { analyticsService } from '@knowton/system'
import { implementation } from './implementation.ts'

await run(analyticsService, implementation)
