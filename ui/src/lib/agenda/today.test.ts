import type { CareSlot, Today as TodayData } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, type Fixture, type Scene } from '$lib/bridge/fixture';
import { now } from '$lib/state/now.svelte';
import { start } from '$lib/state/start';
import { timeline } from '$lib/state/timeline.svelte';
import { today } from '$lib/state/today.svelte';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Today from './Today.svelte';

let host: Fixture;
let stop = () => {};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-26T11:00:00Z') });
  now.tick();
  localStorage.clear();
  today.forget();
});

async function open(scene: Scene, change: Partial<TodayData> = {}) {
  host = fixture(scene);
  const tell = host.commands.today;
  host.commands.today = async () => {
    const answer = await tell();
    return answer.status === 'ok' ? { ...answer, data: { ...answer.data, ...change } } : answer;
  };
  useTransport(host);
  stop = await start();
  render(Today);
  await waitFor(() => expect(today.read).toBe(true));
}

afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('today', () => {
  it('tells who goes where until when, and the last bottle and sleep', async () => {
    await open('family');
    const [first, second] = await screen.findAllByTestId('today-slot');
    expect(first).toHaveTextContent(/Noortje.*08:00 – 18:00.*Hamsters verticaal/);
    expect(second).toHaveTextContent(/Ties.*15:00 – 18:30/);
    expect(screen.getByTestId('today-rhythm')).toHaveTextContent(
      'laatste fles 15:05 (130 cc) · geslapen 13:30 – 14:15',
    );
  });

  it('tells a morning and the afternoon after it as one stay, and an absence apart', async () => {
    const on = (hours: [string, string], more: Partial<CareSlot> = {}): CareSlot => ({
      id: hours.join(),
      child: 'n',
      childName: 'Noortje',
      day: '2026-11-26',
      ordinal: 0,
      startsAt: `2026-11-26T${hours[0]}:00Z`,
      endsAt: `2026-11-26T${hours[1]}:00Z`,
      attendance: 'attend',
      toConfirm: false,
      extraInfo: null,
      group: 'Hamsters',
      kind: null,
      request: null,
      line: null,
      ...more,
    });
    const ties = on(['13:30', '17:30'], { id: 't', child: 't', childName: 'Ties' });
    const slots = [on(['06:30', '12:00']), on(['12:00', '15:00']), ties];
    await open('family', {
      slots: [...slots, on(['15:00', '17:00'], { attendance: 'absent' })],
    });
    const shown = (await screen.findAllByTestId('today-slot')).map((line) => line.textContent);
    expect(shown).toHaveLength(3);
    expect(shown[0]).toContain('07:30 – 16:00');
    expect(shown[1]).toContain('Ties');
    expect(shown[2]).toContain('16:00 – 18:00');
  });

  it('shouts that an absence was not passed on, and calls the group', async () => {
    await open('waiting');
    const openLink = vi.spyOn(host.commands, 'openLink');
    expect(await screen.findByRole('alert')).toHaveTextContent(/Nog NIET doorgegeven!.*08:00/);
    await userEvent.setup().click(screen.getByTestId('call-group'));
    expect(openLink).toHaveBeenCalledWith('tel:0205550120');
    const { violations } = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  it('leads to what else is asked', async () => {
    await open('waiting');
    await screen.findAllByTestId('today-ask');
    const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
    expect(links).toEqual([
      '/agenda',
      '/agenda/opnieuw/w-full',
      '/agenda/wens/wish-ready',
      '/agenda/aanvragen',
      '/agenda/aanvragen',
      '/overig/tegoeden',
    ]);
    expect(
      screen.getByText('De afwezigheid van Noortje kun je annuleren tot vr 27 nov 08:00'),
    ).toBeVisible();
    expect(screen.getByText(/Tegoed van Noortje: 3 punten/)).toBeVisible();
  });

  it('tells the next day when nobody goes today', async () => {
    vi.setSystemTime(new Date('2026-11-28T11:00:00Z'));
    now.tick();
    await open('family', { asked: [], rhythm: [] });
    expect(await screen.findByTestId('today')).toHaveTextContent(
      'Vandaag is er geen opvang. De volgende keer: maandag 30 november 2026 (Noortje en Ties).',
    );
  });

  it('is not there at all where nothing is known', async () => {
    await open('empty');
    expect(screen.queryByTestId('today')).toBeNull();
    expect(document.querySelector('.kept')).toBeNull();
  });

  it('never keeps the timeline waiting', async () => {
    host = fixture('family');
    host.commands.today = () => new Promise(() => {});
    useTransport(host);
    timeline.forget();
    stop = await start();
    expect(timeline.cards.length).toBeGreaterThan(0);
  });

  it('keeps the room free that it took last time, so that nothing jumps', () => {
    localStorage.setItem('today-height', '180');
    render(Today);
    expect(document.querySelector('.kept')).toHaveStyle({ height: '180px' });
  });

  it('is told anew when another day begins', async () => {
    await open('family');
    const ask = vi.spyOn(host.commands, 'today');
    vi.setSystemTime(new Date('2026-11-26T23:01:00Z'));
    now.tick();
    await waitFor(() => expect(ask).toHaveBeenCalled());
  });
});
