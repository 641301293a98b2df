import type { TimelineCard } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, type Fixture } from '$lib/bridge/fixture';
import { fireEvent, render, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import RequestsOverview from './agenda/RequestsOverview.svelte';
import ConversationList from './berichten/ConversationList.svelte';
import MyChild from './mijn-kind/MyChild.svelte';
import Report from './mijn-kind/Report.svelte';
import ChildPage from './overig/account/ChildPage.svelte';
import ObservationView from './overig/observaties/ObservationView.svelte';
import ObservationsPage from './overig/observaties/ObservationsPage.svelte';
import { conversations } from './state/conversations.svelte';
import { session } from './state/session.svelte';
import { timeline } from './state/timeline.svelte';

const focused = vi.spyOn(document, 'hasFocus');
const pause = () => new Promise((done) => setTimeout(done, 1000));
let host: Fixture;
let seen: string[][];
let lists: number;
let added: TimelineCard[];

beforeEach(async () => {
  focused.mockReturnValue(true);
  [seen, lists, added] = [[], 0, []];
  host = fixture('family');
  host.commands.sawCards = (ids) => {
    seen.push(ids);
    return Promise.resolve({ status: 'ok', data: null });
  };
  host.commands.sawConversations = () => {
    lists += 1;
    return Promise.resolve({ status: 'ok', data: null });
  };
  const { timeline: read } = host.commands;
  host.commands.timeline = async (query) => {
    const page = await read(query);
    if (page.status === 'error' || query.after) return page;
    return { status: 'ok', data: { ...page.data, cards: [...added, ...page.data.cards] } };
  };
  useTransport(host);
  timeline.forget();
  conversations.forget();
  await Promise.all([session.load(), timeline.start(), conversations.load()]);
});

const arrives = () => {
  const [newest] = timeline.cards;
  if (!newest) throw new Error('the fixture has cards');
  added = [{ ...newest, id: 'arrived' }];
};

describe('what counts as seen', () => {
  it('is nothing while another screen is shown, whatever is read', async () => {
    arrives();
    await Promise.all([timeline.refresh(), conversations.load()]);
    await pause();
    expect([seen, lists]).toEqual([[], 0]);
  });

  it('is what stands on the timeline, and nothing that is held back', async () => {
    render(MyChild);
    await waitFor(() => expect(seen).toHaveLength(1));
    expect(seen[0]?.[0]).toBe(timeline.cards[0]?.id);
    arrives();
    await timeline.refresh();
    await waitFor(() => expect(seen).toHaveLength(2));
    expect(timeline.waiting).toBe(1);
    expect(seen.flat()).not.toContain('arrived');
    await timeline.refresh(true);
    await waitFor(() => expect(seen.at(-1)?.[0]).toBe('arrived'));
  });

  it('is not what came in above where one reads', async () => {
    render(MyChild);
    await waitFor(() => expect(seen).toHaveLength(1));
    timeline.inView = [1, 3];
    await timeline.saw();
    expect(seen.at(-1)?.[0]).toBe(timeline.cards[1]?.id);
  });

  it('waits until somebody looks', async () => {
    focused.mockReturnValue(false);
    render(MyChild);
    render(ConversationList, { current: null, heading: true });
    await pause();
    expect([seen, lists]).toEqual([[], 0]);
    focused.mockReturnValue(true);
    await fireEvent.focus(window);
    await waitFor(() => expect([seen.length, lists]).toEqual([1, 1]));
  });

  it('is a card that is opened, and no other', async () => {
    const id = timeline.cards.find((card) => card.entry)?.id ?? '';
    render(Report, { id });
    await waitFor(() => expect(seen).toEqual([[id]]));
  });

  it('is what became of requests, what is asked of a child, and an observation', async () => {
    const told: unknown[] = [];
    const note = (what: unknown) => {
      told.push(what);
      return Promise.resolve({ status: 'ok' as const, data: null });
    };
    host.commands.sawRequests = () => note('requests');
    host.commands.sawConsents = (child) => note(['consents', child]);
    host.commands.sawObservations = () => note('observations');
    host.commands.sawObservation = (id) => note(['observation', id]);
    const screens = [
      () => render(RequestsOverview),
      () => render(ChildPage, { id: 'n' }),
      () => render(ObservationsPage),
      () => render(ObservationView, { id: 'o1' }),
    ];
    focused.mockReturnValue(false);
    for (const show of screens) {
      const { unmount } = show();
      await pause();
      unmount();
    }
    expect(told).toEqual([]);
    focused.mockReturnValue(true);
    const seen = new Set<string>();
    for (const show of screens) {
      const { unmount } = show();
      await waitFor(() => expect(told.length).toBeGreaterThan(0));
      told.splice(0).forEach((what) => seen.add(JSON.stringify(what)));
      unmount();
    }
    expect([...seen]).toEqual([
      '"requests"',
      '["consents","n"]',
      '"observations"',
      '["observation","o1"]',
    ]);
  });

  it('is the list of conversations where it is shown, and not behind what is open', async () => {
    const pane = document.createElement('div');
    pane.style.visibility = 'hidden';
    document.body.append(pane);
    const { rerender } = render(
      ConversationList,
      { current: 'c-zwem', heading: false },
      { baseElement: pane },
    );
    await pause();
    expect(lists).toBe(0);
    pane.style.visibility = 'visible';
    await rerender({ current: null, heading: true });
    await waitFor(() => expect(lists).toBe(1));
    pane.remove();
  });
});
