import type { AgendaDay, CareSlot } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, trouble, type Fixture, type Scene } from '$lib/bridge/fixture';
import { spoken } from '$lib/language/language.svelte';
import { agenda } from '$lib/state/agenda.svelte';
import { now } from '$lib/state/now.svelte';
import { requests } from '$lib/state/requests.svelte';
import { session } from '$lib/state/session.svelte';
import { start } from '$lib/state/start';
import { today } from '$lib/state/today.svelte';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Agenda from './Agenda.svelte';
import CalendarView from './CalendarView.svelte';
import DayRow from './DayRow.svelte';
import SlotDialog from './SlotDialog.svelte';

let host: Fixture;
let stop = () => {};

// A Thursday in week 48, so that no test depends on the day it runs.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-26T11:00:00Z') });
  now.tick();
});

async function open(scene: Scene = 'family') {
  host = fixture(scene);
  useTransport(host);
  agenda.forget();
  requests.forget();
  today.forget();
  agenda.view = 'list';
  stop = await start();
  return host;
}

async function faults() {
  const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } };
  const { violations } = await axe.run(document.body, { rules });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

const dayOf = (day: string): AgendaDay => agenda.byDay.get(day) ?? { day, mark: null, slots: [] };
const slotOn = (day: string, child: string): CareSlot => {
  const slot = dayOf(day).slots.find((one) => one.child === child);
  if (!slot) throw new Error(`nothing planned on ${day}`);
  return slot;
};

afterEach(() => {
  stop();
  spoken.speak('nl');
  vi.useRealTimers();
});

describe('the agenda', () => {
  it('has the actions of the manual, which lead to their forms', async () => {
    await open();
    render(Agenda);
    const links = {
      'Dag aanvragen': '/agenda/dag',
      'Ruildag aanvragen': '/agenda/ruilen',
      'Afwezigheid doorgeven': '/agenda/afwezig',
      Aanvragenoverzicht: '/agenda/aanvragen',
    };
    for (const [name, href] of Object.entries(links))
      expect(await screen.findByRole('link', { name })).toHaveAttribute('href', href);
    expect(screen.getByTestId('agenda-reload')).toHaveTextContent('Herladen');
  });

  it('opens the organisation’s web portal for what the portal takes only there, and says why', async () => {
    await open('plain');
    render(Agenda);
    const openLink = vi.spyOn(host.commands, 'openLink');
    const user = userEvent.setup();
    for (const action of ['ask-day', 'ask-swap', 'tell-absence', 'overview'])
      await user.click(await screen.findByTestId(`agenda-${action}`));
    expect(openLink).toHaveBeenCalledTimes(4);
    expect(openLink).toHaveBeenLastCalledWith('https://dehamsters.ouderportaal.nl/parent/');
    expect(screen.getByTestId('agenda-not-offered')).toHaveTextContent('in het ouderportaal');
  });

  it('fetches the newest with "Herladen"', async () => {
    await open();
    render(Agenda);
    const refresh = vi.spyOn(host.commands, 'refreshAgenda');
    await userEvent.setup().click(screen.getByTestId('agenda-reload'));
    expect(refresh).toHaveBeenCalledWith(null);
    await waitFor(() => expect(agenda.asking).toBe(false));
  });

  it('without a network still shows what is here, and says that it may be out of date', async () => {
    await open('offline');
    render(Agenda);
    await waitFor(() => expect(agenda.read).toBe(true));
    expect(dayOf('2026-11-26').slots).toHaveLength(2);
    expect(await screen.findByTestId('agenda-stale')).toHaveTextContent(
      'De planning is mogelijk niet actueel.',
    );
    expect(screen.getByTestId('agenda-freshness')).toHaveAttribute('data-trouble', 'offline');
  });

  it('no longer says that there is no network once the planning was read again', async () => {
    await open();
    await agenda.open();
    await agenda.loadState();
    const { refreshAgenda } = host.commands;
    host.commands.refreshAgenda = () =>
      Promise.resolve({ status: 'error', error: trouble('offline') });
    for (let at = 0; at < 4; at += 1) await agenda.later();
    expect(agenda.fetchTrouble?.code).toBe('offline');
    await agenda.loadState();
    expect(agenda.fetchTrouble?.code).toBe('offline');
    host.commands.refreshAgenda = refreshAgenda;
    const answer = await host.commands.agendaState();
    if (answer.status === 'error') throw new Error('there is no state');
    const read = { ...answer.data, freshAt: '2026-11-26T12:00:00Z' };
    host.commands.agendaState = () => Promise.resolve({ status: 'ok', data: read });
    await agenda.loadState();
    expect(agenda.fetchTrouble).toBeNull();
  });

  it('says so when nothing is planned', async () => {
    await open('empty');
    render(Agenda);
    expect(await screen.findByTestId('empty-agenda')).toHaveTextContent('Nog niets gepland');
    expect(await faults()).toEqual([]);
  });

  it('says what is wrong when the planning cannot be read from this device', async () => {
    await open();
    host.commands.agenda = () =>
      Promise.resolve({ status: 'error', error: trouble('databaseDamaged') });
    render(Agenda);
    expect(await screen.findByTestId('trouble')).toHaveAttribute('data-code', 'databaseDamaged');
  });

  it('reads further ahead and back, and asks the portal for days that are not here', async () => {
    await open();
    await agenda.open();
    const refresh = vi.spyOn(host.commands, 'refreshAgenda');
    const first = agenda.range?.from;
    await agenda.earlier();
    expect(agenda.range?.from).toBe('2026-07-30');
    expect((agenda.range?.from ?? '') < (first ?? '')).toBe(true);
    expect(refresh).not.toHaveBeenCalled();
    for (let at = 0; at < 4; at += 1) await agenda.later();
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(dayOf('2027-12-02').slots.length).toBeGreaterThan(0);
    expect(agenda.days.map(({ day }) => day)).toEqual(
      [...new Set(agenda.days.map(({ day }) => day))].sort(),
    );
  });

  it('keeps what was read further on when something changes meanwhile', async () => {
    await open();
    await agenda.open();
    await Promise.all([agenda.later(), agenda.refresh()]);
    await agenda.refresh();
    expect(agenda.range).toEqual({ from: '2026-10-29', until: '2027-05-27' });
    expect(dayOf('2027-05-27').slots.length).toBeGreaterThan(0);
  });

  it('shows one child when one is chosen', async () => {
    await open();
    await agenda.open();
    await agenda.filter(['t']);
    expect(agenda.days.flatMap(({ slots }) => slots).every(({ child }) => child === 't')).toBe(
      true,
    );
  });

  it('an account that ended asks for nothing any more', async () => {
    await open('ended');
    render(Agenda);
    await waitFor(() => expect(agenda.state).not.toBeNull());
    expect(session.account?.session).toBe('ended');
    expect(screen.queryByTestId('agenda-ask-day')).toBeNull();
  });
});

describe('a day', () => {
  it('tells who comes when on the clock of the nursery, wherever the parent is', async () => {
    await open();
    await agenda.open();
    render(DayRow, { day: dayOf('2026-11-26'), onopen: () => {} });
    const [first, second] = screen.getAllByTestId('slot');
    expect(first).toHaveTextContent(/Noortje.*Hamsters verticaal.*08:00 – 18:00/);
    expect(second).toHaveTextContent(/Ties.*15:00 – 18:30/);
  });

  it('marks what is not decided, closed days and school holidays in words', async () => {
    await open();
    await agenda.cover('2026-12-01', '2026-12-31');
    render(DayRow, { day: dayOf('2026-12-04'), onopen: () => {} });
    expect(screen.getAllByTestId('slot')[0]).toHaveTextContent('Optie extra');
    render(DayRow, { day: dayOf('2026-12-25'), onopen: () => {} });
    expect(screen.getByText('Gesloten: Eerste Kerstdag')).toBeVisible();
    expect(screen.getByText('Kerstvakantie')).toBeVisible();
  });
});

describe('the calendar', () => {
  const cell = (day: string) => document.querySelector<HTMLElement>(`[data-day="${day}"].cell`);

  async function show(span: 'month' | 'week') {
    await open();
    await agenda.open();
    render(CalendarView, { span, onopen: () => {} });
  }

  it('begins on Monday, numbers its weeks, and tells each day in words', async () => {
    await show('month');
    const heads = screen.getAllByRole('columnheader').map((head) => head.textContent);
    expect(heads).toEqual(['wk', 'ma', 'di', 'wo', 'do', 'vr', 'za', 'zo']);
    expect(screen.getByRole('rowheader', { name: 'Week 48' })).toBeVisible();
    expect(cell('2026-11-26')).toHaveAccessibleName(
      'donderdag 26 november 2026; Noortje 08:00 – 18:00; Ties 15:00 – 18:30',
    );
    expect(cell('2026-11-18')).toHaveAccessibleName(/Ties 12:30 – 18:30, Afwezig gemeld/);
    expect(cell('2026-11-26')).toHaveAttribute('aria-current', 'date');
    expect(await faults()).toEqual([]);
  });

  it('is walked through with the keys, a month on as well, with one stop for Tab', async () => {
    await show('month');
    const user = userEvent.setup();
    cell('2026-11-26')?.focus();
    await user.keyboard('{ArrowRight}');
    expect(cell('2026-11-27')).toHaveFocus();
    await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(cell('2026-12-04')).toHaveFocus());
    await user.keyboard('{Home}');
    expect(cell('2026-11-30')).toHaveFocus();
    await user.keyboard('{PageDown}');
    await waitFor(() => expect(cell('2026-12-30')).toHaveFocus());
    expect(document.querySelectorAll('.cell[tabindex="0"]')).toHaveLength(1);
    expect(screen.getByTestId('chosen-day')).toHaveTextContent('Kerstvakantie');
  });

  it('shows a week, and the next one', async () => {
    await show('week');
    expect(document.querySelectorAll('.cell')).toHaveLength(7);
    await userEvent.setup().click(screen.getByTestId('calendar-on'));
    expect(screen.getByRole('heading', { name: /^Week 49/ })).toBeVisible();
    expect(await faults()).toEqual([]);
  });
});

describe('a slot, opened', () => {
  it('tells everything about it, with its request', async () => {
    await open();
    await agenda.open();
    render(SlotDialog, { open: true, slot: slotOn('2026-12-04', 'n') });
    const dialog = await screen.findByTestId('slot-dialog');
    for (const words of [
      'Noortje',
      'vrijdag 4 december 2026',
      '07:30 – 18:30',
      'Hamsters verticaal',
    ])
      expect(dialog).toHaveTextContent(words);
    expect(screen.getByTestId('slot-status')).toHaveTextContent('Optie extra');
    expect(await screen.findByTestId('request-status')).toHaveTextContent('In aanvraag');
    expect(await faults()).toEqual([]);
  });

  it('is cancelled by the bin, after asking', async () => {
    await open();
    await agenda.open();
    const cancel = vi.spyOn(host.commands, 'cancelLine');
    render(SlotDialog, { open: true, slot: slotOn('2026-12-04', 'n') });
    const user = userEvent.setup();
    await user.click(await screen.findByTestId('cancel-line'));
    expect(cancel).not.toHaveBeenCalled();
    await user.click(await screen.findByTestId('cancel-confirm-yes'));
    expect(cancel).toHaveBeenCalledWith('r-extra', 'l-extra-n');
    await waitFor(() =>
      expect(
        within(screen.getByTestId('slot-request')).getByTestId('request-status'),
      ).toHaveTextContent('Geannuleerd'),
    );
  });

  it('that cannot be cancelled says why, and has no bin', async () => {
    await open();
    await agenda.open();
    render(SlotDialog, { open: true, slot: slotOn('2026-12-04', 't') });
    expect(await screen.findByTestId('cancel-reason')).toHaveTextContent('al toegezegd');
    expect(screen.queryByTestId('cancel-line')).toBeNull();
  });
});
