/** Where the tests of requests are played: the page, a host that answers, and a Thursday in November. */
import { goto } from '$app/navigation';
import { useTransport } from '$lib/bridge';
import { fixture, type Fixture, type Scene } from '$lib/bridge/fixture';
import { agenda } from '$lib/state/agenda.svelte';
import { now } from '$lib/state/now.svelte';
import { outbox } from '$lib/state/outbox.svelte';
import { requestForms } from '$lib/state/request-form.svelte';
import { start } from '$lib/state/start';
import { sync } from '$lib/state/sync.svelte';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import RequestPage from './RequestPage.svelte';

/** What answers the page that is open. */
export let host: Fixture;
let stop = () => {};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-26T11:00:00Z') });
  now.tick();
});

afterEach(() => {
  stop();
  vi.mocked(goto).mockClear();
  vi.useRealTimers();
});

export async function begin(scene: Scene = 'family') {
  host = fixture(scene);
  useTransport(host);
  agenda.forget();
  outbox.forget();
  requestForms.forget();
  sync.forget();
  stop = await start();
  await waitFor(() => expect(agenda.state).not.toBeNull());
  return userEvent.setup();
}

export async function open(kind: 'extra' | 'swap' = 'extra', scene: Scene = 'family') {
  const user = await begin(scene);
  const page = render(RequestPage, { kind });
  if (scene !== 'plain') await screen.findByTestId('add-day');
  return { user, page };
}

export const within_ = (testid: string) => within(screen.getByTestId(testid));

export const day = (testid: string, date: string) => {
  const found = screen
    .getByTestId(testid)
    .querySelector<HTMLElement>(`[data-day="${date}"]:not([data-outside-month])`);
  if (!found) throw new Error(`${date} is not shown`);
  return found;
};

export const childOf = (id: string) => {
  const found = screen.getAllByTestId('child-possible').find(({ dataset }) => dataset.child === id);
  if (!found) throw new Error(`nothing of ${id}`);
  return within(found);
};

export async function choose(user: UserEvent, date: string) {
  await user.click(screen.getByTestId('add-day'));
  await screen.findByTestId('booking-dialog');
  if (!date.startsWith('2026-11'))
    await user.click(screen.getByRole('button', { name: 'Volgende maand' }));
  await user.click(day('booking-days', date));
  await screen.findAllByTestId('child-possible');
}

/** Chooses a period, in one month. */
export async function choosePeriod(user: UserEvent, testid: string, from: string, until: string) {
  await user.click(within_(testid).getByRole('radio', { name: 'Periode' }));
  if (!from.startsWith('2026-11'))
    await user.click(within_(testid).getByRole('button', { name: 'Volgende maand' }));
  await user.click(day(testid, from));
  await user.click(day(testid, until));
}

/** Chooses a day part of a child. */
export const choosePart = (user: UserEvent, child: string, name: string) =>
  user.click(childOf(child).getByRole('checkbox', { name }));

export async function add(user: UserEvent) {
  await waitFor(() =>
    expect(screen.getByTestId('booking-add')).toHaveAttribute('aria-disabled', 'false'),
  );
  await user.click(screen.getByTestId('booking-add'));
  await screen.findAllByTestId('booking');
}

/** Chooses on which day it expires, from the calendar. */
export async function expireOn(user: UserEvent, date: string) {
  await openExpiry(user);
  await user.click(expiryDay(date));
}

/** Opens the calendar with the days on which it can expire. */
export async function openExpiry(user: UserEvent) {
  await user.click(within_('request-expires').getByRole('button', { name: 'Kies een datum' }));
  await waitFor(() => expect(document.querySelector('.day-cell')).not.toBeNull());
}

export function expiryDay(date: string) {
  const found = document.querySelector<HTMLElement>(
    `.day-cell[data-value="${date}"]:not([data-outside-month])`,
  );
  if (!found) throw new Error(`${date} is not shown`);
  return found;
}

/** Sends the form, and answers what went into the send queue. */
export async function sent(user: UserEvent) {
  const send = vi.spyOn(host.commands, 'sendRequest');
  const queued = vi.spyOn(outbox, 'put');
  await user.click(screen.getByTestId('request-send'));
  await waitFor(() => expect(goto).toHaveBeenCalledWith('/agenda/aanvragen'));
  expect(send).toHaveBeenCalledOnce();
  const what = queued.mock.lastCall?.[0].what;
  return what?.what === 'request' ? what.form : null;
}

export async function addDay(user: UserEvent, date = '2026-11-27') {
  await choose(user, date);
  await choosePart(user, 'n', 'Hele dag');
  await add(user);
}

export const faults = async () => {
  const { violations } = await axe.run(document.body, {
    rules: { region: { enabled: false }, 'color-contrast': { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
};
