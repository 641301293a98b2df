import type { AppError, Fact, FactKind } from '$lib/bindings';
import { failed } from './fixture-failed';
import { familyFact } from './fixture-family-facts';
import { noticeDesk } from './fixture-notices';
import { observationFact } from './fixture-observations';
import { placeFact } from './fixture-place';
import type { Commands } from './transport';

const ok = <T>(data: T) => Promise.resolve({ status: 'ok' as const, data });

/** Who tells which pieces. */
const TELLERS: ((kind: FactKind) => Fact | null)[] = [placeFact, familyFact, observationFact];

/** What the invented portal tells of the place and the family. */
export function factDesk(how: {
  plain: boolean;
  offline: boolean;
  empty: boolean;
  trouble: AppError;
}): Pick<
  Commands,
  | 'fact'
  | 'refreshFact'
  | 'sawConsents'
  | 'sawObservations'
  | 'sawObservation'
  | 'changeDetails'
  | 'changePassword'
  | 'passwordStrength'
  | 'answerConsent'
  | 'setPortalNotices'
  | 'openAttached'
> {
  const silent = how.plain || how.empty;
  const notices = noticeDesk();
  const none = ({ fact }: FactKind): Fact | null =>
    fact === 'observations' && !how.plain ? { fact, is: [] } : null;
  const tell = (kind: FactKind) =>
    [notices.fact, ...TELLERS].map((teller) => teller(kind)).find((fact) => fact !== null);
  const changed = () => (how.offline ? failed('offline') : ok(null));
  return {
    fact: (kind) => {
      const told = silent ? none(kind) : tell(kind);
      return ok({
        fact: told ?? null,
        freshAt: told ? new Date().toISOString() : null,
        offered: !how.plain,
        trouble: how.offline ? how.trouble : null,
      });
    },
    refreshFact: (kind) =>
      !how.offline && !silent && !tell(kind) ? failed('notFound') : changed(),
    sawConsents: () => ok(null),
    sawObservations: () => ok(null),
    sawObservation: () => ok(null),
    changeDetails: changed,
    changePassword: changed,
    passwordStrength: (password) => ok({ score: Math.min(4, Math.floor(password.length / 4)) }),
    answerConsent: changed,
    setPortalNotices: (etag, items) => (how.offline ? failed('offline') : notices.set(etag, items)),
    openAttached: changed,
  };
}
