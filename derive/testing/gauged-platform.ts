import { toyPlatform } from './toy-platform.ts'

const gauged = {
  summary: 'How late the most overdue book is.',
  subject: 'Books',
  labels: ['shelf'],
  alerts: {
    BookLost: {
      when: 'above',
      threshold: 10,
      forMinutes: 5,
      severity: 'warning',
      says: 'A book of {{ $labels.shelf }} is lost.',
      fix: 'Buy another one.',
    },
    ShelfEmpty: { when: 'below', threshold: 0, forMinutes: 0, severity: 'critical', says: 'Empty.', fix: 'Fill it.' },
  },
} as const
/** The toy platform with a gauge that has an alert of each direction. */
export const gaugedPlatform = {
  ...toyPlatform,
  services: {
    ...toyPlatform.services,
    bookshop: { ...toyPlatform.services.bookshop, gauges: { overdueDays: gauged } },
  },
}
