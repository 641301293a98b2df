import { failed } from './fixture-failed';
import type { Commands } from './transport';

/** What the portal computes for a form, and what becomes of it. */
export const requestCommands = () =>
  ({
    possibilities: () => failed('notFound'),
    quote: () => failed('notFound'),
    requestForm: () => failed('notFound'),
    saveRequestForm: () => failed('notFound'),
    discardRequestForm: () => failed('notFound'),
    sendRequest: () => failed('notFound'),
    openWish: () => failed('notFound'),
    discardWish: () => failed('notFound'),
    sendAbsence: () => failed('notFound'),
    confirmLateAbsence: () => failed('notFound'),
  }) satisfies Partial<Commands>;
