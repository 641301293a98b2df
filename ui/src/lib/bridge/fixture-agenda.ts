import { failed } from './fixture-failed';
import type { Commands } from './transport';

/** The planning, requests and credits of the family. */
export const agendaCommands = () =>
  ({
    agenda: () => failed('notFound'),
    agendaState: () => failed('notFound'),
    refreshAgenda: () => failed('notFound'),
    today: () => failed('notFound'),
    requests: () => failed('notFound'),
    request: () => failed('notFound'),
    cancelLine: () => failed('notFound'),
    credits: () => failed('notFound'),
    calendarFeed: () => failed('notFound'),
    setCalendarFeed: () => failed('notFound'),
    exportCalendar: () => failed('notFound'),
    wishes: () => failed('notFound'),
    expected: () => failed('notFound'),
  }) satisfies Partial<Commands>;
