import type { SaveWhat, TimelineCard } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import Card from '$lib/mijn-kind/Card.svelte';
import { photosOf } from '$lib/mijn-kind/card-words';
import DayHeading from '$lib/mijn-kind/DayHeading.svelte';
import Report from '$lib/mijn-kind/Report.svelte';
import ViewerFooter from '$lib/mijn-kind/ViewerFooter.svelte';
import { children } from '$lib/state/children.svelte';
import { now } from '$lib/state/now.svelte';
import { saves } from '$lib/state/saves.svelte';
import { session } from '$lib/state/session.svelte';
import { timeline } from '$lib/state/timeline.svelte';
import { viewing } from '$lib/state/viewing.svelte';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import SaveAllDialog from './SaveAllDialog.svelte';

let sent: { what: SaveWhat; folder: string | null }[] = [];
let user: UserEvent;

beforeEach(async () => {
  const host = fixture('family');
  const { save } = host.commands;
  sent = [];
  host.commands.save = (what, folder) => {
    sent.push({ what, folder });
    return save(what, folder);
  };
  useTransport(host);
  user = userEvent.setup();
  timeline.forget();
  await Promise.all([session.load(), children.load(), saves.load(), timeline.start()]);
});
afterEach(() => {
  vi.useRealTimers();
  now.tick();
});

const seriesOf = (many: number): TimelineCard => {
  const card = timeline.cards.find((card) => photosOf(card).length >= many);
  if (!card) throw new Error(`a card with ${many} photos`);
  return card;
};

describe('what is asked to be saved', () => {
  it('of a day: that day, of everybody or of whom the timeline shows', async () => {
    render(DayHeading, { day: '2026-03-14', photos: 3, content: 'photos' });
    await user.click(screen.getByTestId('save-day'));
    await timeline.filter(['t']);
    await user.click(screen.getByTestId('save-day'));
    expect(sent).toEqual([
      { what: { what: 'day', day: '2026-03-14', children: [] }, folder: null },
      { what: { what: 'day', day: '2026-03-14', children: ['t'] }, folder: null },
    ]);
  });

  it('of a card: that card, on the timeline and on a page of its own', async () => {
    const card = seriesOf(5);
    const first = render(Card, { card });
    await user.click(screen.getByTestId('save-card'));
    first.unmount();
    render(Report, { id: card.id });
    await user.click(screen.getByTestId('save-card'));
    const one = { what: { what: 'card', id: card.id }, folder: null };
    expect(sent).toEqual([one, one]);
  });

  it('of a photo on the full screen: that one alone', async () => {
    const photos = photosOf(seriesOf(5)).filter(({ saveable }) => saveable.answer === 'yes');
    viewing.index = 1;
    render(ViewerFooter, { photos });
    await user.click(screen.getByTestId('save-photo'));
    expect(sent).toEqual([{ what: { what: 'photos', ids: [photos[1]?.id] }, folder: null }]);
  });
});

describe('what “Bewaar alles” asks for', () => {
  const openDialog = () => {
    render(SaveAllDialog, { open: true });
    return screen.findByTestId('save-all-dialog');
  };
  const child = (name: RegExp) => screen.getByRole('button', { name });
  const start = () => user.click(screen.getByTestId('save-all-start'));
  const range = (more: object) => [
    { what: { what: 'range', children: [], from: null, until: null, ...more }, folder: null },
  ];

  it('is everything of every child unless chosen otherwise', async () => {
    await openDialog();
    await start();
    expect(sent).toEqual(range({}));
    await waitFor(() => expect(screen.queryByTestId('save-all-dialog')).toBeNull());
  });

  it('is whom the timeline shows, and this year', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T10:00:00Z') });
    now.tick();
    await timeline.filter(['t']);
    await openDialog();
    expect(child(/Ties/)).toHaveAttribute('aria-pressed', 'true');
    expect(child(/Noortje/)).toHaveAttribute('aria-pressed', 'false');
    await user.click(screen.getByTestId('period-thisYear'));
    await start();
    expect(sent).toEqual(range({ children: ['t'], from: '2026-01-01' }));
  });

  it('is one child and a period with both its days', async () => {
    await openDialog();
    await user.click(child(/Ties/));
    await user.click(child(/Saar/));
    await user.click(screen.getByTestId('period-chosen'));
    await type('period-from', '03', '02', '2025');
    await type('period-until', '14', '03', '2025');
    await start();
    expect(sent).toEqual(range({ children: ['n'], from: '2025-02-03', until: '2025-03-14' }));
  });

  it('is nothing yet while nobody is chosen, or the period ends before it begins', async () => {
    await openDialog();
    for (const name of [/Noortje/, /Ties/, /Saar/]) await user.click(child(name));
    await start();
    expect(screen.getByRole('alert')).toHaveTextContent('Kies minstens één kind.');
    await user.click(child(/Ties/));
    await user.click(screen.getByTestId('period-chosen'));
    await type('period-from', '14', '03', '2025');
    await type('period-until', '03', '02', '2025');
    await start();
    expect(screen.getByRole('alert')).toHaveTextContent('De einddatum ligt voor de begindatum.');
    expect(sent).toEqual([]);
  });

  async function type(field: string, ...parts: string[]) {
    const segments = within(screen.getByTestId(field)).getAllByRole('spinbutton');
    for (const [at, part] of parts.entries()) {
      segments[at]?.focus();
      await user.keyboard(part);
    }
  }
});
