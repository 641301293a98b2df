import type { Fact, FactKind, PortalNotice } from '$lib/bindings';
import { failed } from './fixture-failed';

const ITEMS: PortalNotice[] = [
  { id: 'photos', name: 'Foto’s', email: false, push: true },
  { id: 'messages', name: 'Berichten', email: true, push: true },
  { id: 'newsletters', name: 'Nieuwsbrieven', email: true, push: null },
  { id: 'lost', name: 'Gevonden voorwerpen', email: null, push: false },
];

const SLOW_MS = 200;

/** What the invented organisation tells of, as it was set last. */
export function noticeDesk() {
  let items = ITEMS;
  let version = 1;
  const etag = () => `"notices-${version}"`;
  return {
    fact: ({ fact }: FactKind): Fact | null =>
      fact === 'notices' ? { fact, is: { email: 'sanne@example.org', items, etag: etag() } } : null,
    set: async (known: string, wanted: PortalNotice[]) => {
      await new Promise((done) => setTimeout(done, SLOW_MS));
      if (known !== etag()) return failed('changedMeanwhile');
      // A way that is not named stays as it is.
      items = items.map((item) => {
        const set = wanted.find(({ id }) => id === item.id);
        return { ...item, email: set?.email ?? item.email, push: set?.push ?? item.push };
      });
      version += 1;
      return { status: 'ok' as const, data: null };
    },
  };
}
