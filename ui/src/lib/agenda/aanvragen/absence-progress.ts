import type { Write, WriteState } from '$lib/bindings';

/** How an absence stands, as a parent would tell it. */
export type AbsenceProgress = 'waits' | 'notSent' | 'sent' | 'refused' | 'unknown';

/** So long before the first slot begins a parent has to call. */
const NEAR_MS = 24 * 3600_000;

/** Sending takes a moment; what waits longer than this is stuck. */
const A_MOMENT_MS = 60_000;

/** Whether it waits for the parent's word, since its day had begun before it could be sent. */
export const isLate = (write: Write | null) =>
  write?.state === 'refused' && /^day-?begun$/i.test(write.reasonCode ?? '');

/**
 * How an absence stands, by its write, or by how that was seen last once it has left the send
 * queue: one that waited may have been thrown away elsewhere, and is never said to be there.
 */
export function absenceProgress(
  write: Write | null,
  lastSeen: WriteState,
  first: string | null,
  offline: boolean,
  now: Date,
): AbsenceProgress {
  if (!write) return lastSeen === 'sent' || lastSeen === 'sending' ? 'sent' : 'unknown';
  switch (write.state) {
    case 'sent':
      return 'sent';
    case 'refused':
      return 'refused';
    case 'unconfirmed':
      return 'unknown';
    default:
      return isNear(first, now) && (offline || isStuck(write, now)) ? 'notSent' : 'waits';
  }
}

const isNear = (first: string | null, now: Date) =>
  first !== null && Date.parse(first) - now.getTime() < NEAR_MS;

const isStuck = ({ state, attempts, writtenAt }: Write, now: Date) =>
  (state === 'queued' && attempts > 0) || now.getTime() - Date.parse(writtenAt) > A_MOMENT_MS;
