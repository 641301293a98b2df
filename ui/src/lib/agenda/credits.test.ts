import type { AgendaOffers, Credit, CreditState } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, type Fixture, type Scene } from '$lib/bridge/fixture';
import AgendaSection from '$lib/overig/AgendaSection.svelte';
import FunctionsSection from '$lib/overig/FunctionsSection.svelte';
import { agenda } from '$lib/state/agenda.svelte';
import { now } from '$lib/state/now.svelte';
import { start } from '$lib/state/start';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import AgendaActions from './AgendaActions.svelte';
import CreditItem from './CreditItem.svelte';
import Credits from './Credits.svelte';
import RequestsOverview from './RequestsOverview.svelte';
import { creditAmount, creditsInOrder } from './credit-words';

let host: Fixture;
let stop = () => {};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-26T11:00:00Z') });
  now.tick();
});

async function open(scene: Scene) {
  host = fixture(scene);
  useTransport(host);
  agenda.forget();
  stop = await start();
  await waitFor(() => expect(agenda.state).not.toBeNull());
}

/** A portal of ours that offers something else around the planning. */
function withOffers(offers: Partial<AgendaOffers>) {
  if (agenda.state)
    agenda.state = { ...agenda.state, offers: { ...agenda.state.offers, ...offers } };
}

afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('credits', () => {
  it('stand with their child, their state, what they were used for, until when, and the notes', async () => {
    await open('family');
    render(Credits);
    const [noortje, ties] = await screen.findAllByTestId('child-credits');
    expect(noortje).toHaveTextContent(/Te gebruiken.*3 punten.*tot en met 5 december 2026/);
    expect(noortje).toHaveTextContent(/Deels gebruikt.*Nog 2 uur 30 van 5 uur 30/);
    expect(noortje).toHaveTextContent(
      /Alleen in schoolvakanties\..*3 uur gebruikt voor 4 december/,
    );
    expect(ties).toHaveTextContent(/Gebruikt.*Verlopen/);
    const { violations } = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  it('that can be used stand first, the soonest to expire before the rest', () => {
    const credit = (id: string, state: CreditState, validUntil: string | null): Credit => ({
      ...{ id, state, validUntil, child: 'n', name: 'Tegoed', unit: { unit: 'points' } },
      ...{ total: 1, left: 1, validFrom: null, note: null, uses: [] },
    });
    const order = creditsInOrder([
      credit('old', 'expired', '2025-12-31'),
      credit('always', 'usable', null),
      credit('late', 'usable', '2027-01-31'),
      credit('gone', 'used', '2026-06-30'),
      credit('soon', 'partlyUsed', '2026-12-05'),
    ]);
    expect(order.map(({ id }) => id)).toEqual(['soon', 'late', 'always', 'gone', 'old']);
  });

  it('are never turned from one unit into another', () => {
    expect(creditAmount(1, { unit: 'points' })).toBe('1 punt');
    expect(creditAmount(150, { unit: 'minutes' })).toBe('2 uur 30');
    expect(creditAmount(45, { unit: 'minutes' })).toBe('45 minuten');
    expect(creditAmount(3, { unit: 'unsupported', wire: 'dagen' })).toBe('3 dagen');
  });

  it('below nothing are words behind a minus sign, whatever the unit', () => {
    expect(creditAmount(-150, { unit: 'minutes' })).toBe('−2 uur 30');
    expect(creditAmount(-45, { unit: 'minutes' })).toBe('−45 minuten');
    expect(creditAmount(-1, { unit: 'points' })).toBe('−1 punt');
    expect(creditAmount(-3, { unit: 'unsupported', wire: 'dagen' })).toBe('−3 dagen');
  });

  it('below nothing, in a strange unit and used twice for one line are all shown', () => {
    const use = { request: 'r 1', line: 'l-1', day: '2026-12-04', amount: -30 };
    const credit: Credit = {
      id: 'c-odd',
      child: 'n',
      name: 'Tegoed',
      unit: { unit: 'minutes' },
      total: -150,
      left: -150,
      validFrom: null,
      validUntil: null,
      note: null,
      state: 'unknown',
      uses: [use, use],
    };
    render(CreditItem, { credit });
    expect(screen.getByTestId('credit')).toHaveTextContent(/Onbekend.*−2 uur 30/);
    expect(screen.getAllByTestId('credit-use')).toHaveLength(2);
    render(CreditItem, {
      credit: {
        ...credit,
        unit: { unit: 'unsupported', wire: 'kralen' },
        total: 7,
        left: 7,
        uses: [],
      },
    });
    expect(screen.getAllByTestId('credit')[1]).toHaveTextContent('7 kralen');
  });

  it('lead to the request they were used for', async () => {
    await open('family');
    render(Credits);
    const [used] = await screen.findAllByTestId('credit-use');
    expect(used).toHaveAttribute('href', '/agenda/aanvragen?aanvraag=r-extra');
    render(RequestsOverview, { first: 'r-extra' });
    expect(await screen.findByRole('dialog')).toHaveTextContent('Noortje');
  });

  it('are linked where the organisation has them', async () => {
    await open('family');
    render(FunctionsSection);
    render(AgendaActions, { compact: false });
    for (const link of ['to-credits', 'agenda-credits'])
      expect(screen.getByTestId(link)).toHaveAttribute('href', '/overig/tegoeden');
    expect(screen.queryByTestId('functions-elsewhere')).toBeNull();
  });

  it('lead to the parent portal where the portal tells nothing of them', async () => {
    await open('plain');
    const opened = vi.spyOn(host.commands, 'openLink');
    render(FunctionsSection);
    render(AgendaActions, { compact: false });
    for (const link of ['to-credits', 'agenda-credits'])
      await userEvent.click(screen.getByTestId(link));
    expect(opened.mock.calls).toEqual(
      Array(2).fill(['https://dehamsters.ouderportaal.nl/parent/']),
    );
    expect(screen.getByTestId('functions-elsewhere')).toHaveTextContent('in het ouderportaal');
    render(Credits);
    expect(await screen.findByTestId('not-told')).toHaveTextContent(
      'Tegoeden bekijk je in het ouderportaal.',
    );
    expect(screen.queryByTestId('credits-unused')).toBeNull();
  });

  it('are absent where the organisation says that it does not use them', async () => {
    await open('family');
    withOffers({ credits: null });
    render(FunctionsSection);
    render(AgendaActions, { compact: false });
    expect(await screen.findByTestId('to-documents')).toBeVisible();
    for (const link of ['to-credits', 'agenda-credits'])
      expect(screen.queryByTestId(link)).toBeNull();
    render(Credits);
    expect(await screen.findByTestId('credits-unused')).toBeVisible();
  });

  it('are not said to be unused before that is known', async () => {
    await open('empty');
    withOffers({ credits: null, rules: null });
    vi.spyOn(host.commands, 'credits').mockResolvedValue({ status: 'ok', data: [] });
    render(Credits);
    expect(await screen.findByText('Laden…')).toBeVisible();
    expect(screen.queryByTestId('credits-unused')).toBeNull();
  });
});

describe('the planning in one’s own calendar', () => {
  it('is written to a file, and says where', async () => {
    await open('family');
    render(AgendaSection);
    await userEvent.setup().click(screen.getByTestId('export-calendar'));
    expect(await screen.findByTestId('exported')).toHaveTextContent(
      '312 opvangmomenten opgeslagen in /home/sanne/Documenten/opvang.ics',
    );
  });

  it('has an address only while it is switched on, which can be copied', async () => {
    await open('family');
    const copy = vi.spyOn(host.commands, 'copyText');
    render(AgendaSection);
    const user = userEvent.setup();
    const onOff = await screen.findByTestId('calendar-feed');
    expect(screen.queryByTestId('feed-url')).toBeNull();
    await user.click(onOff);
    const url = (await screen.findByTestId('feed-url')).textContent;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/);
    await user.click(screen.getByTestId('copy-feed'));
    expect(copy).toHaveBeenCalledWith(url);
    await user.click(onOff);
    await waitFor(() => expect(screen.queryByTestId('feed-url')).toBeNull());
  });
});
