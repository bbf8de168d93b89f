export { type MemoryEvents, memoryEvents } from './memory-events.ts'
export { memoryFiles } from './memory-files.ts'
