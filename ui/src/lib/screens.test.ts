import { useTransport } from '$lib/bridge';
import { fixture, type Scene } from '$lib/bridge/fixture';
import { spoken } from '$lib/language/language.svelte';
import { start } from '$lib/state/start';
import { consents, forgetFacts } from '$lib/state/facts.svelte';
import { timeline } from '$lib/state/timeline.svelte';
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import Door from './aanmelden/Door.svelte';
import ExpiredBanner from './aanmelden/ExpiredBanner.svelte';
import SaveAllDialog from './bewaren/SaveAllDialog.svelte';
import SavePanel from './bewaren/SavePanel.svelte';
import ConversationList from './berichten/ConversationList.svelte';
import ConversationRow from './berichten/ConversationRow.svelte';
import ConversationView from './berichten/ConversationView.svelte';
import NewMessage from './berichten/NewMessage.svelte';
import Card from './mijn-kind/Card.svelte';
import DayHeading from './mijn-kind/DayHeading.svelte';
import DiaryEchoes from './mijn-kind/DiaryEchoes.svelte';
import MyChild from './mijn-kind/MyChild.svelte';
import Report from './mijn-kind/Report.svelte';
import WriteDiary from './mijn-kind/WriteDiary.svelte';
import More from './overig/More.svelte';
import Menu from './parts/Menu.svelte';
import AccountSwitch from './samen/AccountSwitch.svelte';
import Together from './samen/Together.svelte';
import VisitedCard from './samen/VisitedCard.svelte';
import { conversations } from './state/conversations.svelte';
import { drafts } from './state/drafts.svelte';
import { outbox } from './state/outbox.svelte';
import { search } from './state/search.svelte';
import { sync } from './state/sync.svelte';
import { saves } from './state/saves.svelte';
import { together } from './state/together.svelte';

import FoundItem from './zoeken/FoundItem.svelte';
import Search from './zoeken/Search.svelte';

let stop = () => {};

async function open(scene: Scene) {
  const host = fixture(scene);
  useTransport(host);
  timeline.forget();
  stop = await start();
  return host;
}

async function faults() {
  // jsdom draws nothing, so colours are looked at elsewhere; a part on its own has no landmarks.
  const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } };
  const { violations } = await axe.run(document.body, { rules });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

afterEach(() => {
  forgetFacts();
  stop();
  sync.forget();
  spoken.speak('nl');
});

describe('every screen can be used with a screen reader', () => {
  it('sign-in', async () => {
    await open('signed-out');
    render(Door, { onenter: () => Promise.resolve(), onback: () => {} });
    expect(await faults()).toEqual([]);
  });

  it('Mijn kind, with every kind of card', async () => {
    await open('family');
    render(MyChild);
    const kinds = new Map(timeline.cards.map((card) => [card.kind.kind, card]));
    expect(kinds.size).toBe(4);
    render(DayHeading, { day: '2026-03-14', photos: 3, content: 'both' });
    for (const card of kinds.values()) render(Card, { card });
    expect(await faults()).toEqual([]);
  });

  it('an empty timeline', async () => {
    await open('empty');
    render(MyChild);
    expect(await screen.findByText('Noortje is nog niet begonnen')).toBeVisible();
    expect(await faults()).toEqual([]);
  });

  it('a whole report', async () => {
    await open('family');
    const report = timeline.cards.find((card) => card.entry);
    render(Report, { id: report?.id ?? '' });
    expect(screen.getByRole('heading', { level: 1 })).toHaveFocus();
    expect(await faults()).toEqual([]);
  });

  it('Overig', async () => {
    await open('two-accounts');
    render(More);
    await screen.findByTestId('storage-total');
    expect(await faults()).toEqual([]);
  });

  it('Alle accounts, with one that has ended and one that cannot be opened', async () => {
    await open('three-accounts');
    render(Together);
    await waitFor(() => expect(screen.getAllByTestId('account-glance')).toHaveLength(3));
    for (const { account, card } of together.cards.slice(0, 8))
      render(VisitedCard, { account, card });
    render(AccountSwitch);
    await userEvent.setup().click(screen.getByTestId('account-switch'));
    await screen.findAllByTestId('account-item');
    expect(await faults()).toEqual([]);
  });

  it('Berichten, with something in every state', async () => {
    await open('outbox');
    await waitFor(() => expect(outbox.unsent).toHaveLength(4));
    render(ConversationList, { current: null, heading: true });
    for (const conversation of conversations.all.slice(0, 6))
      render(ConversationRow, { conversation, current: conversation.unread });
    expect(screen.getAllByTestId('outbox-item')).toHaveLength(4);
    expect(await faults()).toEqual([]);
  });

  it('an exchange, with an answer on its way', async () => {
    await open('outbox');
    render(ConversationView, { id: 'c-slapen' });
    await screen.findByTestId('echo');
    expect(screen.getAllByTestId('message')).toHaveLength(4);
    expect(screen.getByRole('heading', { level: 1 })).toHaveFocus();
    expect(await faults()).toEqual([]);
  });

  it('Berichten at a plain portal, and with nothing in it', async () => {
    await open('plain');
    render(ConversationView, { id: 'c-geen' });
    await screen.findByTestId('no-writing');
    cleanup();
    await open('empty');
    render(ConversationList, { current: null, heading: true });
    await screen.findByText('Nog geen berichten');
    expect(await faults()).toEqual([]);
  });

  for (const [title, Page] of [
    ['“Bericht schrijven”', NewMessage],
    ['“Dagboek schrijven”', WriteDiary],
  ] as const) {
    it(`${title}, with a photo and everything that can be wrong`, async () => {
      await open('family');
      drafts.forget();
      render(Page);
      const user = userEvent.setup();
      await user.click(await screen.findByTestId('add-photos'));
      expect(await screen.findAllByTestId('draft-file')).toHaveLength(3);
      await user.click(screen.getByTestId('send'));
      expect(await screen.findByText(/^Kies .* kind/)).toBeVisible();
      expect(await faults()).toEqual([]);
    });
  }

  it('what was just written in the diary', async () => {
    await open('outbox');
    await waitFor(() => expect(outbox.diary).toHaveLength(1));
    render(DiaryEchoes);
    expect(await faults()).toEqual([]);
  });

  it('Zoeken', async () => {
    await open('family');
    search.forget();
    render(Search);
    await userEvent.setup().type(screen.getByTestId('search-words'), 'geit');
    await waitFor(() => expect(search.found.length).toBeGreaterThan(0));
    await userEvent.setup().click(screen.getByTestId('search-period'));
    for (const found of search.found.slice(0, 3)) render(FoundItem, { found });
    expect(await faults()).toEqual([]);
  });

  it('Meldingen, with quiet hours', async () => {
    await open('family');
    render(More);
    await userEvent.setup().click(screen.getByTestId('notify-quiet'));
    expect(await screen.findByTestId('quiet-from')).toHaveTextContent(/20.*:.*00/);
    expect(await faults()).toEqual([]);
  });

  it('the menu, the banner and the saves', async () => {
    await open('expired');
    render(Menu);
    render(ExpiredBanner);
    await saves.start({ what: 'photos', ids: ['a', 'b'] }, 'photos');
    render(SavePanel);
    expect(await faults()).toEqual([]);
  });

  it('“Bewaar alles”', async () => {
    await open('family');
    render(SaveAllDialog, { open: true });
    await userEvent.setup().click(await screen.findByTestId('period-chosen'));
    expect(await screen.findByTestId('period-from')).toBeVisible();
    expect(await faults()).toEqual([]);
  });
});

describe('what a parent can rely on', () => {
  it('an item nobody supports leads to the portal, a trigger says that something is asked', async () => {
    const host = await open('plain');
    const links: string[] = [];
    host.commands.openLink = (url) => {
      links.push(url);
      return Promise.resolve({ status: 'ok', data: null });
    };
    const user = userEvent.setup();
    for (const [kind, words] of [
      ['unsupported', 'Dit onderdeel wordt nog niet ondersteund'],
      ['trigger', 'Er wordt iets van je gevraagd'],
    ] as const) {
      const card = timeline.cards.find((card) => card.kind.kind === kind);
      if (!card) throw new Error(`the fixture has a card of the kind ${kind}`);
      const { unmount } = render(Card, { card });
      expect(screen.getByRole('article', { name: words })).toBeVisible();
      await user.click(screen.getByRole('button', { name: /Openen in het ouderportaal/ }));
      unmount();
    }
    const portal = 'https://dehamsters.ouderportaal.nl/parent/';
    expect(links).toEqual([portal, portal]);
  });

  it('a card that asks something leads to what it asks, where the portal tells it', async () => {
    await open('family');
    const card = timeline.cards.find((card) => card.kind.kind === 'trigger');
    if (!card) throw new Error('the fixture has a card that asks something');
    render(Card, { card });
    const link = await screen.findByTestId('to-consents');
    const [child] = card.children;
    expect(link).toHaveAttribute('href', `/overig/account/${child?.id}?dag=${card.day}`);
  });

  it('a card that asks something about several children lets the parent choose for whom', async () => {
    await open('family');
    const asks = timeline.cards.find((card) => card.kind.kind === 'trigger');
    const family = timeline.cards.flatMap((card) => card.children);
    const [n, t] = ['n', 't'].map((id) => family.find((child) => child.id === id));
    if (!asks || !n || !t) throw new Error('the fixture has both children and a card that asks');
    render(Card, { card: { ...asks, children: [n, t] } });
    const links = await screen.findAllByTestId('to-consents');
    expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['Antwoorden voor Noortje', `/overig/account/n?dag=${asks.day}`],
      ['Antwoorden voor Ties', `/overig/account/t?dag=${asks.day}`],
    ]);
    await consents.load();
    const [first] = consents.is ?? [];
    if (!first) throw new Error('the fixture has consents');
    const of = (child: string, open: boolean) => ({ ...first, child, open, askedDay: asks.day });
    consents.is = [of('n', true), of('t', false)];
    await waitFor(() =>
      expect(screen.getAllByTestId('to-consents').map((link) => link.textContent)).toEqual([
        'Antwoorden voor Noortje',
        'Antwoord voor Ties bekijken',
      ]),
    );
    consents.is = [of('t', true)];
    await waitFor(() =>
      expect(screen.getByTestId('to-consents')).toHaveAttribute(
        'href',
        `/overig/account/t?dag=${asks.day}`,
      ),
    );
  });

  it('without a network the timeline says how fresh it is', async () => {
    await open('offline');
    render(MyChild);
    expect(await screen.findByText(/Geen verbinding · bijgewerkt/)).toBeVisible();
    expect(timeline.cards.length).toBeGreaterThan(0);
  });

  it('an account that has ended can ask its portal again', async () => {
    const host = await open('ended');
    render(ExpiredBanner);
    render(MyChild);
    expect(screen.getByTestId('refresh')).toBeVisible();
    host.commands.overview = fixture('family').commands.overview;
    await userEvent.setup().click(screen.getByTestId('archive-again'));
    await waitFor(() => expect(screen.queryByTestId('archive-banner')).toBeNull());
  });

  it('signing out asks first, says that saved photos stay, and leaves nobody signed in', async () => {
    await open('family');
    render(More);
    const user = userEvent.setup();
    await user.click(screen.getByTestId('sign-out'));
    const dialog = await screen.findByTestId('sign-out-dialog');
    expect(dialog).toHaveTextContent('Foto’s die je hebt opgeslagen in een map, blijven staan.');
    expect(screen.queryByTestId('sign-out-all')).toBeNull();
    await user.click(screen.getByTestId('sign-out-confirm'));
    const { goto } = await import('$app/navigation');
    expect(goto).toHaveBeenLastCalledWith('/mijn-kind', { replaceState: true });
  });

  it('speaks English when asked', async () => {
    await open('family');
    render(More);
    await userEvent.setup().click(screen.getByTestId('language-en'));
    expect(await screen.findByRole('heading', { name: 'More' })).toBeVisible();
    expect(document.documentElement.lang).toBe('en');
  });

  it('draws no menu item and no button for what is not there yet', async () => {
    await open('family');
    render(Menu);
    const names = [
      'Mijn kind',
      'Berichten, 2 ongelezen',
      'Agenda',
      'Mijn locatie, 3 ongelezen',
      'Overig',
    ];
    for (const name of names) expect(screen.getByRole('link', { name })).toBeVisible();
    expect(screen.getAllByRole('link')).toHaveLength(names.length);
  });
});
