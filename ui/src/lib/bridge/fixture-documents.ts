import type { Document, DocumentKind, Tag } from '$lib/bindings';
import { dayAfter, nurseryDay } from '$lib/language/days';
import { failed } from './fixture-failed';
import type { Commands } from './transport';

interface Cabinet {
  now: Date;
  offline: boolean;
  empty: boolean;
  change(tags: Tag[]): void;
}

const SLOW_MS = 250;

const ok = <T>(data: T) => Promise.resolve({ status: 'ok' as const, data });
const slowly = () => new Promise((done) => setTimeout(done, SLOW_MS));

const MONTHS = [
  'januari',
  'februari',
  'maart',
  'april',
  'mei',
  'juni',
  'juli',
  'augustus',
  'september',
  'oktober',
  'november',
  'december',
];

/** Two years of an invoice a month, annual statements, a contract, and one that is no document. */
function documentsUntil(today: string): Document[] {
  const year = Number(today.slice(0, 4));
  const all: Document[] = [];
  const add = (kind: DocumentKind, day: string, subject: string, more: Partial<Document> = {}) => {
    if (day > today) return;
    all.push({
      id: `document-${all.length}`,
      kind,
      day,
      subject,
      hasFile: true,
      here: false,
      ...more,
    });
  };
  for (const of of [year - 1, year]) {
    MONTHS.forEach((month, at) => {
      const day = `${of}-${String(at + 1).padStart(2, '0')}-01`;
      add('invoice', day, `Factuur ${month} ${of}`, { here: of === year && at === 0 });
    });
    add('annualStatement', `${of}-02-10`, `Jaaropgave ${of - 1}`, { here: of === year });
    add('other', `${of}-01-05`, 'Algemene voorwaarden kinderdagopvang en buitenschoolse opvang');
  }
  add('other', `${year - 2}-08-17`, 'Plaatsingsovereenkomst');
  add('other', dayAfter(today, -1), '', { hasFile: false });
  add('invoice', today, 'Factuur.exe');
  return all.sort((a, b) => b.day.localeCompare(a.day));
}

/** The documents of the invented family. */
export function documentDesk({ now, offline, empty, change }: Cabinet) {
  let documents = empty ? [] : documentsUntil(nurseryDay(now));
  const freshAt = new Date(now.getTime() - (offline ? 30 : 3) * 3600_000).toISOString();

  const commands = {
    documents: (kind: DocumentKind | null, year: number | null) =>
      ok({
        documents: documents.filter(
          (one) =>
            (kind === null || one.kind === kind) &&
            (year === null || one.day.startsWith(String(year))),
        ),
        freshAt,
        busy: false,
        trouble: null,
      }),
    refreshDocuments: async () => {
      await slowly();
      return offline ? failed('offline') : ok(null);
    },
    openDocument: async (id: string) => {
      await slowly();
      const document = documents.find((one) => one.id === id);
      if (!document) return failed('notFound');
      if (document.subject.endsWith('.exe')) return failed('notADocument', { retryable: false });
      if (!document.here && offline) return failed('offline');
      documents = documents.map((one) => (one.id === id ? { ...one, here: true } : one));
      change(['documents']);
      return ok(null);
    },
  };

  return commands satisfies Partial<Commands>;
}
