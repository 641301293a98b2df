import type { LockState } from '$lib/bindings';
import { failed } from './fixture-failed';

const RIGHT = '4711';
const FREE_TRIES = 5;
const WAIT_MS = 30_000;

/** The lock of the invented app; its PIN is 4711 where it has one. */
export function lockDesk(locked: boolean) {
  let pin: string | null = locked ? RIGHT : null;
  let tries = 0;
  let state: LockState = { set: locked, locked, fingerprint: false, blockedUntil: null };
  const ok = () => Promise.resolve({ status: 'ok' as const, data: state });
  const is = (change: Partial<LockState>) => {
    state = { ...state, ...change };
    return ok();
  };
  const wrong = () => {
    tries += 1;
    if (tries < FREE_TRIES) return failed('wrongPin');
    const blockedUntil = new Date(Date.now() + WAIT_MS).toISOString();
    state = { ...state, blockedUntil };
    return failed('pinBlocked', { blockedUntil });
  };
  return {
    lockState: ok,
    lockNow: () => is({ locked: pin !== null }),
    lockIsShown: () => Promise.resolve({ status: 'ok' as const, data: null }),
    parentIsHere: () => Promise.resolve({ status: 'ok' as const, data: null }),
    unlock: (given: string) => {
      if (given !== pin) return wrong();
      tries = 0;
      return is({ locked: false, blockedUntil: null });
    },
    hasFingerprint: () => Promise.resolve({ status: 'ok' as const, data: false }),
    unlockByFingerprint: ok,
    setPin: (current: string | null, wanted: string) => {
      if (pin !== null && current !== pin) return wrong();
      if (wanted === '1234' || wanted === '0000') return failed('pinTooSimple');
      pin = wanted;
      return is({ set: true });
    },
    removePin: (current: string) => {
      if (current !== pin) return wrong();
      pin = null;
      return is({ set: false });
    },
    forgetPin: () => {
      pin = null;
      state = { set: false, locked: false, fingerprint: false, blockedUntil: null };
      return Promise.resolve({ status: 'ok' as const, data: null });
    },
  };
}
