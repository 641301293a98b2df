import { goto } from '$app/navigation';
import type { TogetherCard } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, trouble, type Fixture, type Scene } from '$lib/bridge/fixture';
import MyChild from '$lib/mijn-kind/MyChild.svelte';
import { session } from '$lib/state/session.svelte';
import { start } from '$lib/state/start';
import { keyOf, together } from '$lib/state/together.svelte';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import AccountSwitch from './AccountSwitch.svelte';
import Together from './Together.svelte';
import VisitedCard from './VisitedCard.svelte';

let host: Fixture;
let stop = () => {};

async function open(scene: Scene) {
  host = fixture(scene);
  useTransport(host);
  together.forget();
  stop = await start();
}

beforeEach(() => vi.mocked(goto).mockClear());
afterEach(() => {
  stop();
  together.shown = false;
});

function nth<T>(list: T[], at: number): T {
  const one = list[at];
  if (!one) throw new Error(`there is no ${at}`);
  return one;
}

const cardOf = (account: string, which: (one: TogetherCard) => boolean = () => true) => {
  const found = together.cards.find((one) => one.account === account && which(one));
  if (!found) throw new Error('the fixture has such a card');
  return found;
};

describe('with one account', () => {
  it('there is nothing to switch, and no page of all of them', async () => {
    await open('family');
    render(MyChild);
    expect(screen.queryByTestId('account-switch')).toBeNull();
    cleanup();
    render(Together);
    await waitFor(() => expect(goto).toHaveBeenCalledWith('/mijn-kind', { replaceState: true }));
  });
});

describe('the switch above Mijn kind', () => {
  it('names the organisation in use, and what is new at which account', async () => {
    await open('two-accounts');
    render(MyChild);
    const trigger = await screen.findByTestId('account-switch');
    expect(trigger).toHaveTextContent('Kinderdagverblijf De Hamsters');
    await waitFor(() => expect(trigger).toHaveAccessibleName(/ander account is iets nieuws/));
    await userEvent.setup().click(trigger);
    const [here, there] = await screen.findAllByTestId('account-item');
    expect(here).toHaveAttribute('aria-checked', 'true');
    expect(here).toHaveTextContent(/De Hamsters Sanne de Vries/);
    expect(there).toHaveAttribute('aria-checked', 'false');
    expect(there).toHaveTextContent('BSO Duinpan Sanne Bakker 4 nieuw');
  });

  it('names the parent as well where two are at one organisation', async () => {
    await open('two-accounts');
    const { overview } = session;
    if (!overview?.account) throw new Error('somebody is signed in');
    const other = { ...overview.account, id: 'b', username: 'joris', parentName: 'Joris de Vries' };
    session.overview = { ...overview, accounts: [overview.account, other] };
    render(AccountSwitch);
    const trigger = screen.getByTestId('account-switch');
    expect(trigger).toHaveTextContent(/De Hamsters · Sanne de Vries/);
    session.overview = { ...session.overview, account: other };
    await waitFor(() => expect(trigger).toHaveTextContent(/De Hamsters · Joris de Vries/));
    expect(trigger).toHaveAccessibleName(/Joris de Vries/);
  });

  it('marks nothing where nothing is new', async () => {
    await open('two-accounts');
    const { togetherOverview: told } = host.commands;
    host.commands.togetherOverview = async () => {
      const answer = await told();
      if (answer.status === 'error') return answer;
      const unread = { messages: 0, news: 0, newsletters: 0, outbox: 0 };
      const accounts = answer.data.accounts.map((one) => ({ ...one, newCards: 0, unread }));
      return { status: 'ok', data: { ...answer.data, accounts } };
    };
    render(AccountSwitch);
    await waitFor(() => expect(together.overview).not.toBeNull());
    expect(screen.queryByTestId('account-switch-news')).toBeNull();
    await userEvent.setup().click(screen.getByTestId('account-switch'));
    expect(await screen.findAllByTestId('account-item')).toHaveLength(2);
    expect(screen.queryByTestId('account-news')).toBeNull();
  });

  it('switches by keyboard alone', async () => {
    await open('two-accounts');
    render(AccountSwitch);
    const user = userEvent.setup();
    await user.tab();
    expect(screen.getByTestId('account-switch')).toHaveFocus();
    await user.keyboard('{Enter}');
    await screen.findAllByTestId('account-item');
    await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(screen.getAllByTestId('account-item')[1]).toHaveFocus());
    await user.keyboard('{Enter}');
    await waitFor(() => expect(session.account?.id).toBe('b'));
    expect(screen.getByTestId('account-switch')).toHaveTextContent('BSO Duinpan');
  });

  it.each([
    ['all accounts', 'accounts-all', '/samen'],
    ['adding one', 'accounts-add', '/aanmelden'],
  ])('leads to %s', async (_, item, path) => {
    await open('two-accounts');
    render(AccountSwitch);
    const user = userEvent.setup();
    await user.click(screen.getByTestId('account-switch'));
    await user.click(await screen.findByTestId(item));
    expect(goto).toHaveBeenLastCalledWith(path);
  });
});

describe('Alle accounts', () => {
  it('tells of each account what is new, what troubles it and what comes next', async () => {
    await open('three-accounts');
    render(Together);
    const all = await screen.findAllByTestId('account-glance');
    const [first, second, third] = [nth(all, 0), nth(all, 1), nth(all, 2)];
    expect(within(first).getByRole('heading', { level: 3 })).toHaveTextContent('De Hamsters');
    expect(first).toHaveTextContent('In gebruik');
    expect(first).toHaveTextContent('Noortje 08:00 – 18:00');
    expect(second).toHaveTextContent('Sanne Bakker');
    expect(second).toHaveTextContent('3 nieuw op de tijdlijn, 1 ongelezen gesprek');
    expect(second).toHaveTextContent('Morgen');
    expect(second).not.toHaveTextContent('In gebruik');
    expect(third).toHaveTextContent('Dit account is gestopt.');
    expect(third).toHaveTextContent('Niets nieuws');
    expect(first.parentElement?.tagName).toBe('UL');
    const missing = screen.getByTestId('together-missing');
    expect(missing).toHaveTextContent(/1 account is hier niet te zien\. De sleutel .* is weg\./);
    expect(within(missing).getByRole('link')).toHaveAttribute('href', '/aanmelden');
  });

  it('uses the account that is chosen', async () => {
    await open('two-accounts');
    render(Together);
    const there = nth(await screen.findAllByTestId('glance-use'), 1);
    expect(there).toHaveAccessibleName('Openen: BSO Duinpan, Sanne Bakker');
    await userEvent.setup().click(there);
    await waitFor(() => expect(goto).toHaveBeenLastCalledWith('/mijn-kind'));
    expect(session.account?.id).toBe('b');
  });

  it('says so when nothing can be read, and tries again', async () => {
    await open('two-accounts');
    const { togetherTimeline: reads } = host.commands;
    host.commands.togetherTimeline = () =>
      Promise.resolve({ status: 'error', error: trouble('databaseDamaged') });
    render(Together);
    await screen.findByTestId('trouble');
    host.commands.togetherTimeline = reads;
    await userEvent.setup().click(screen.getByRole('button', { name: 'Opnieuw proberen' }));
    await waitFor(() => expect(screen.queryByTestId('trouble')).toBeNull());
    expect(together.cards.length).toBeGreaterThan(0);
  });

  it('says what will stand there while nothing does', async () => {
    await open('two-accounts');
    host.commands.togetherTimeline = () =>
      Promise.resolve({ status: 'ok', data: { cards: [], next: null, notRead: [] } });
    render(Together);
    expect(await screen.findByTestId('together-empty')).toHaveTextContent(/een van je accounts/);
  });
});

describe('a card among those of all accounts', () => {
  beforeEach(async () => {
    await open('two-accounts');
    await together.start();
  });

  it('says in words whose it is', () => {
    for (const one of together.cards.slice(0, 12)) {
      const { unmount } = render(VisitedCard, one);
      const whose = one.account === 'a' ? 'Kinderdagverblijf De Hamsters' : 'BSO Duinpan';
      expect(screen.getByTestId('card-whose')).toHaveTextContent(whose);
      expect(screen.getByRole('article')).toHaveAccessibleName(new RegExp(`${whose}$`));
      unmount();
    }
  });

  it('names the parent too where two are at one organisation', async () => {
    const { overview: told } = host.commands;
    host.commands.overview = async () => {
      const answer = await told();
      if (answer.status === 'error') return answer;
      const accounts = answer.data.accounts.map((one) => ({ ...one, organisation: 'Bosrand' }));
      return { status: 'ok', data: { ...answer.data, accounts } };
    };
    await session.load();
    render(VisitedCard, cardOf('b'));
    expect(screen.getByTestId('card-whose')).toHaveTextContent('Bosrand · Sanne Bakker');
  });

  it('is opened in its own account by a tap anywhere', async () => {
    const report = cardOf('b', ({ card }) => card.entry !== null);
    render(VisitedCard, report);
    await fireEvent.click(screen.getByTestId('card'));
    await waitFor(() => expect(goto).toHaveBeenCalledOnce());
    expect(goto).toHaveBeenLastCalledWith(`/mijn-kind/${report.card.id}`);
    expect(session.account?.id).toBe('b');
  });

  it('is opened by keyboard, once', async () => {
    const report = cardOf('b', ({ card }) => card.entry !== null);
    render(VisitedCard, report);
    const user = userEvent.setup();
    await user.tab();
    expect(screen.getByTestId('open-card')).toHaveFocus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(goto).toHaveBeenCalledOnce());
    expect(session.account?.id).toBe('b');
  });

  it('shows the photos of its account, and opens the one tapped there', async () => {
    const asked = vi.spyOn(host, 'mediaUrl');
    const series = cardOf('b', ({ card }) => card.photos.length > 0);
    render(VisitedCard, series);
    expect(new Set(asked.mock.calls.map(([account]) => account))).toEqual(new Set(['b']));
    await userEvent.setup().click(nth(screen.getAllByTestId('photo-tile'), 0));
    const photo = nth(series.card.photos, 0).id;
    await waitFor(() =>
      expect(goto).toHaveBeenLastCalledWith(`/mijn-kind/${series.card.id}?foto=${photo}`),
    );
    expect(goto).toHaveBeenCalledOnce();
    expect(session.account?.id).toBe('b');
  });

  it('is only looked at: nothing is saved, answered or marked as seen', () => {
    const saw = vi.spyOn(host.commands, 'sawCards');
    for (const one of together.cards.slice(0, 30)) render(VisitedCard, one);
    expect(screen.queryByTestId('save-card')).toBeNull();
    expect(screen.queryByTestId('open-portal')).toBeNull();
    expect(screen.queryByTestId('to-consents')).toBeNull();
    expect(saw).not.toHaveBeenCalled();
  });
});

describe('the timeline of all accounts', () => {
  const days = () => together.cards.map(({ card }) => card.day);
  let added: TogetherCard[];

  beforeEach(async () => {
    await open('two-accounts');
    added = [];
    const { togetherTimeline: reads } = host.commands;
    host.commands.togetherTimeline = async (after, limit) => {
      const page = await reads(after, limit);
      if (page.status === 'error' || after) return page;
      return { status: 'ok', data: { ...page.data, cards: [...added, ...page.data.cards] } };
    };
    together.shown = true;
    await together.start();
  });

  const arrives = () => {
    const one = cardOf('b');
    added = [{ ...one, card: { ...one.card, id: 'arrived' } }];
    host.change({ tags: ['timeline'] });
  };

  it('goes on page by page, each card once', async () => {
    const before = together.cards.length;
    await together.more();
    await together.more();
    expect(together.cards).toHaveLength(before * 3);
    expect(new Set(together.cards.map(keyOf)).size).toBe(before * 3);
    expect(days()).toEqual(days().sort().reverse());
  });

  it('shows at once what arrives at another account than the one in use', async () => {
    arrives();
    await waitFor(() => expect(together.cards[0]?.card.id).toBe('arrived'));
    expect(together.waiting).toBe(0);
  });

  it('holds back what arrives above where one reads', async () => {
    together.inView = [5, 9];
    const first = together.cards[0];
    arrives();
    await waitFor(() => expect(together.waiting).toBe(1));
    expect(together.cards[0]).toBe(first);
    await together.start();
    expect([together.waiting, together.cards[0]?.card.id]).toEqual([0, 'arrived']);
  });

  it('holds nothing of an account that was signed out of, also while nobody looks', async () => {
    together.shown = false;
    await together.load();
    const { overview: told } = host.commands;
    host.commands.overview = async () => {
      const answer = await told();
      if (answer.status === 'error') return answer;
      return {
        status: 'ok',
        data: { ...answer.data, accounts: answer.data.accounts.slice(0, 1) },
      };
    };
    host.change({ tags: ['accounts'] });
    await waitFor(() => expect(together.cards).toEqual([]));
    expect(together.overview?.accounts.some(({ account }) => account.id === 'b')).not.toBe(true);
  });

  it('reads nothing while nobody looks at it', async () => {
    together.shown = false;
    const reads = vi.spyOn(host.commands, 'togetherTimeline');
    arrives();
    await together.refresh();
    expect(reads).not.toHaveBeenCalled();
  });
});
