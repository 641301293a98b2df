import { useTransport } from '$lib/bridge';
import { fixture, trouble, type Fixture, type Scene } from '$lib/bridge/fixture';
import { agenda } from '$lib/state/agenda.svelte';
import { now } from '$lib/state/now.svelte';
import { outbox } from '$lib/state/outbox.svelte';
import { requests } from '$lib/state/requests.svelte';
import { start } from '$lib/state/start';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import RequestsOverview from './RequestsOverview.svelte';

let host: Fixture;
let stop = () => {};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-26T11:00:00Z') });
  now.tick();
});

async function open(scene: Scene = 'family') {
  host = fixture(scene);
  useTransport(host);
  agenda.forget();
  requests.forget();
  outbox.forget();
  stop = await start();
  render(RequestsOverview);
  await waitFor(() => expect(requests.read).toBe(true));
  return userEvent.setup();
}

const card = (line: string) => {
  const found = document.querySelector<HTMLElement>(`[data-line="${line}"]`);
  if (!found) throw new Error(`no card of ${line}`);
  return within(found);
};

afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('the overview of requests', () => {
  it('has a card for each child, with everything the manual shows', async () => {
    await open();
    const cards = await screen.findAllByTestId('request-card');
    expect(cards).toHaveLength(7);
    const [first] = cards;
    for (const words of [
      'Noortje',
      'Gisteren',
      'Extra dag',
      'vr 4 dec',
      '07:30 – 18:30',
      'Hamsters',
    ])
      expect(first).toHaveTextContent(words);
    const statuses = cards.map(({ dataset }) => dataset.status);
    expect(new Set(statuses)).toEqual(
      new Set(['asked', 'approved', 'registered', 'refused', 'expired', 'cancelled']),
    );
    expect(card('l-swap-n').getByText('De groep is die dag al vol.')).toBeVisible();
    const { violations } = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  it('opens the details of a request', async () => {
    const user = await open();
    const details = card('l-extra-n').getByTestId('request-details');
    expect(details).toHaveAccessibleName(/^Details: Extra dag van Noortje, /);
    details.focus();
    await user.keyboard('{Enter}');
    const dialog = await screen.findByTestId('request-dialog');
    for (const words of ['Sanne de Vries', 'Opa en oma', 'zaterdag 28 november 2026', '96,80'])
      expect(dialog).toHaveTextContent(words);
    expect(dialog).toHaveTextContent('Betaald met tegoed: 2 punten');
  });

  it('cancels by the bin after asking, and a period only as a whole', async () => {
    const user = await open();
    await user.click(card('l-absent-n').getByTestId('cancel-line'));
    const confirm = await screen.findByTestId('cancel-confirm');
    expect(confirm).toHaveTextContent('De hele periode');
    await user.click(screen.getByTestId('cancel-confirm-yes'));
    await waitFor(() =>
      expect(card('l-absent-n').getByTestId('request-status')).toHaveTextContent('Geannuleerd'),
    );
    expect(card('l-absent-n').queryByTestId('cancel-line')).toBeNull();
  });

  it('keeps the keyboard in the page when the bin is gone with its request', async () => {
    const page = document.createElement('main');
    page.tabIndex = -1;
    document.body.append(page);
    const user = await open();
    await user.click(card('l-absent-n').getByTestId('cancel-line'));
    await user.click(await screen.findByTestId('cancel-confirm-yes'));
    await waitFor(() => expect(card('l-absent-n').queryByTestId('cancel-line')).toBeNull());
    await waitFor(() => expect(page).toHaveFocus());
    page.remove();
  });

  it.each(['taken back', 'cancelled'])(
    'closes its details by Escape when cancelling was %s in them',
    async (how) => {
      const user = await open();
      await user.click(card('l-extra-n').getByTestId('request-details'));
      const dialog = within(await screen.findByTestId('request-dialog'));
      const bin = dialog.getAllByTestId('cancel-line')[0] as HTMLElement;
      await user.click(bin);
      await screen.findByTestId('cancel-confirm');
      if (how === 'cancelled') await user.click(screen.getByTestId('cancel-confirm-yes'));
      else await user.keyboard('{Escape}');
      await waitFor(() => expect(screen.queryByTestId('cancel-confirm')).toBeNull());
      if (how === 'cancelled') await waitFor(() => expect(bin).not.toBeInTheDocument());
      expect(screen.getByTestId('request-dialog')).toContainElement(
        document.activeElement as HTMLElement,
      );
      await user.keyboard('{Escape}');
      await waitFor(() => expect(screen.queryByTestId('request-dialog')).toBeNull());
    },
  );

  it('shows the portal’s own reason at the line it refuses to cancel, and keeps it', async () => {
    const user = await open();
    host.commands.cancelLine = () =>
      Promise.resolve({
        status: 'error',
        error: trouble('notCancellable', { portalSays: 'Dit kan tot 48 uur van tevoren.' }),
      });
    await user.click(card('l-extra-n').getByTestId('cancel-line'));
    await user.click(await screen.findByTestId('cancel-confirm-yes'));
    expect(await card('l-extra-n').findByTestId('cancel-refused')).toHaveTextContent(
      'Dit kan tot 48 uur van tevoren.',
    );
    expect(screen.getAllByTestId('cancel-refused')).toHaveLength(1);
    expect(card('l-extra-n').getByTestId('request-status')).toHaveTextContent('In aanvraag');
  });

  it('is filtered by child, kind and status, and shows everything again', async () => {
    const user = await open();
    await user.click(screen.getByTestId('filter-absence'));
    await waitFor(() => expect(screen.getAllByTestId('request-card')).toHaveLength(2));
    await requests.filter({ children: ['t'] });
    await waitFor(() => expect(screen.getAllByTestId('request-card')).toHaveLength(1));
    await user.click(screen.getByTestId('filter-refused'));
    expect(await screen.findByTestId('requests-empty')).toHaveTextContent('Niets gevonden');
    await user.click(screen.getByRole('button', { name: 'Toon alles' }));
    await waitFor(() => expect(screen.getAllByTestId('request-card')).toHaveLength(7));
  });

  it('shows first what the portal does not have, and what to do about it', async () => {
    await open('waiting');
    const [ill, full] = await screen.findAllByTestId('unsent-request');
    expect(ill).toHaveTextContent(/Afwezigheid · do 26 nov · Noortje.*Nog niet doorgegeven/);
    expect(full).toHaveTextContent('Op deze dag is geen plaats meer op de groep.');
    expect(screen.getByTestId('unsent-again')).toHaveAttribute('href', '/agenda/opnieuw/w-full');
    expect(screen.getByTestId('wish-open')).toHaveAttribute('href', '/agenda/wens/wish-ready');
  });

  it('throws away nothing unasked', async () => {
    const user = await open('waiting');
    const withdraw = vi.spyOn(host.commands, 'withdrawWrite');
    const [ill] = await screen.findAllByTestId('unsent-request');
    await user.click(within(ill as HTMLElement).getByRole('button', { name: 'Weggooien' }));
    expect(await screen.findByTestId('discard-unsent')).toHaveTextContent(
      'je kind wordt gewoon verwacht',
    );
    expect(withdraw).not.toHaveBeenCalled();
    await user.click(screen.getByTestId('discard-unsent-yes'));
    expect(withdraw).toHaveBeenCalledWith('w-ill');
  });

  it('says so when nothing was ever asked for', async () => {
    await open('empty');
    expect(await screen.findByTestId('requests-empty')).toHaveTextContent('Nog niets aangevraagd');
  });

  it('says what is wrong when it cannot be read', async () => {
    await open();
    host.commands.requests = () =>
      Promise.resolve({ status: 'error', error: trouble('databaseDamaged') });
    await requests.load();
    expect(await screen.findByTestId('trouble')).toHaveAttribute('data-code', 'databaseDamaged');
  });
});
