export { findRun, readRun } from './run-file.ts'
