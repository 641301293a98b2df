import { goto } from '$app/navigation';
import { useTransport } from '$lib/bridge';
import { fixture, type Fixture, type Scene } from '$lib/bridge/fixture';
import { failed } from '$lib/bridge/fixture-failed';
import { agenda } from '$lib/state/agenda.svelte';
import { now } from '$lib/state/now.svelte';
import { outbox } from '$lib/state/outbox.svelte';
import { requestForms } from '$lib/state/request-form.svelte';
import { start } from '$lib/state/start';
import { sync } from '$lib/state/sync.svelte';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import OpenAgain from './OpenAgain.svelte';
import OpenWish from './OpenWish.svelte';
import RequestPage from './RequestPage.svelte';

let host: Fixture;
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

async function begin(scene: Scene = 'family') {
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

async function open(kind: 'extra' | 'swap' = 'extra', scene: Scene = 'family') {
  const user = await begin(scene);
  const page = render(RequestPage, { kind });
  if (scene !== 'plain') await screen.findByTestId('add-day');
  return { user, page };
}

const within_ = (testid: string) => within(screen.getByTestId(testid));

const day = (testid: string, date: string) => {
  const found = screen
    .getByTestId(testid)
    .querySelector<HTMLElement>(`[data-day="${date}"]:not([data-outside-month])`);
  if (!found) throw new Error(`${date} is not shown`);
  return found;
};

const childOf = (id: string) => {
  const found = screen.getAllByTestId('child-possible').find(({ dataset }) => dataset.child === id);
  if (!found) throw new Error(`nothing of ${id}`);
  return within(found);
};

async function choose(user: UserEvent, date: string) {
  await user.click(screen.getByTestId('add-day'));
  await screen.findByTestId('booking-dialog');
  if (!date.startsWith('2026-11'))
    await user.click(screen.getByRole('button', { name: 'Volgende maand' }));
  await user.click(day('booking-days', date));
  await screen.findAllByTestId('child-possible');
}

async function addDay(user: UserEvent, date = '2026-11-27') {
  await choose(user, date);
  await user.click(childOf('n').getByRole('checkbox', { name: 'Hele dag' }));
  await waitFor(() =>
    expect(screen.getByTestId('booking-add')).toHaveAttribute('aria-disabled', 'false'),
  );
  await user.click(screen.getByTestId('booking-add'));
  await screen.findAllByTestId('booking');
}

const faults = async () => {
  const { violations } = await axe.run(document.body, {
    rules: { region: { enabled: false }, 'color-contrast': { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
};

describe('asking for an extra day', () => {
  it('says that it is not structural, and whom to ask for that', async () => {
    await open();
    expect(screen.getByTestId('not-structural')).toHaveTextContent('eenmalig');
    expect(screen.getByTestId('not-structural')).toHaveTextContent('020 555 01 23');
  });

  it('shows of every child what is possible, what is planned, and why something is not', async () => {
    const { user } = await open();
    await choose(user, '2026-11-27');
    expect(childOf('n').getByTestId('parts-refused')).toHaveTextContent(
      'De groep is deze ochtend vol.',
    );
    expect(childOf('n').queryByRole('checkbox', { name: 'Ochtend' })).toBeNull();
    expect(await faults()).toEqual([]);
    await user.click(day('booking-days', '2026-11-30'));
    await waitFor(() =>
      expect(childOf('n').getByTestId('already-planned')).toHaveTextContent('08:00 – 18:00'),
    );
    expect(childOf('t').getByTestId('already-planned')).toHaveTextContent('Reeds gepland');
  });

  it('tells the price before it can be added', async () => {
    const { user } = await open();
    await choose(user, '2026-11-27');
    expect(screen.getByTestId('booking-add')).toHaveAttribute('aria-disabled', 'true');
    await user.click(childOf('n').getByRole('checkbox', { name: 'Hele dag' }));
    expect(screen.getByTestId('quote-panel')).toHaveAttribute('aria-busy', 'true');
    expect(screen.getByTestId('booking-add')).toHaveAttribute('aria-disabled', 'true');
    expect((await screen.findByTestId('quote')).textContent).toMatch(/€\s96,80/);
    expect(screen.getByTestId('booking-add')).toHaveAttribute('aria-disabled', 'false');
  });

  it('says that a credit does not suffice before it is added', async () => {
    const { user } = await open();
    await choose(user, '2026-11-27');
    await user.click(childOf('t').getByRole('checkbox', { name: 'Hele dag' }));
    const [, credit] = await childOf('t').findAllByTestId('pay-way');
    expect(credit).toHaveTextContent('nog 2 punten');
    if (credit) await user.click(credit);
    await waitFor(() => expect(screen.getByTestId('quote')).toHaveTextContent('2 punten'));
    expect(screen.queryByTestId('quote-notice')).toBeNull();
    const quote = vi.spyOn(host.commands, 'quote').mockResolvedValue({
      status: 'ok',
      data: {
        lines: [
          {
            child: 't',
            part: 'afternoon',
            days: 1,
            payment: { by: 'invoice', cents: 5430 },
            notice: 'Het tegoed is niet toereikend: dit dagdeel wordt gefactureerd.',
          },
        ],
        cents: 5430,
        notices: [],
        token: 'x',
      },
    });
    await user.click(childOf('t').getByRole('checkbox', { name: 'Middag' }));
    expect(await screen.findByTestId('quote-notice')).toHaveTextContent('niet toereikend');
    expect(quote.mock.calls[0]?.[0].booking.lines[0]).toMatchObject({ credit: 'c-points' });
    expect(screen.queryByTestId('booking')).toBeNull();
  });

  it('lists why other credits cannot be used, and keeps the choice while a message is written', async () => {
    const { user, page } = await open();
    await choose(user, '2026-11-27');
    await user.click(childOf('n').getByRole('checkbox', { name: 'Hele dag' }));
    await user.click(await childOf('n').findByTestId('open-credits'));
    const dialog = await screen.findByTestId('credits-dialog');
    expect(within(dialog).getByTestId('credit-not-usable')).toHaveTextContent(
      'alleen in schoolvakanties',
    );
    expect(screen.getByTestId('credits-write')).toHaveAttribute('href', '/berichten/nieuw');
    page.unmount();
    render(RequestPage, { kind: 'extra' });
    await screen.findByTestId('booking-dialog');
    expect(childOf('n').getByRole('checkbox', { name: 'Hele dag' })).toBeChecked();
  });

  it('draws nothing of credits where the organisation has none', async () => {
    const { user } = await open();
    if (agenda.state)
      agenda.state = { ...agenda.state, offers: { ...agenda.state.offers, credits: null } };
    await choose(user, '2026-11-27');
    await user.click(childOf('n').getByRole('checkbox', { name: 'Hele dag' }));
    await screen.findByTestId('quote');
    expect(screen.queryByTestId('pay-choice')).toBeNull();
    expect(screen.queryByText('Tegoeden')).toBeNull();
  });

  it('is priced with the days before it, and again when one of those goes', async () => {
    const { user } = await open();
    const quote = vi.spyOn(host.commands, 'quote');
    await addDay(user, '2026-11-27');
    await addDay(user, '2026-12-04');
    const daysBefore = () => quote.mock.lastCall?.[0].before.map(({ from }) => from);
    expect(daysBefore()).toEqual(['2026-11-27']);
    const asked = quote.mock.calls.length;
    requestForms.at('extra').remove(0);
    await waitFor(() => expect(quote).toHaveBeenCalledTimes(asked + 1));
    expect(daysBefore()).toEqual([]);
    await waitFor(() => expect(requestForms.at('extra').complete).toBe(true));
  });

  it('is judged as a whole only when it is about one day', async () => {
    const { user } = await open();
    await addDay(user);
    expect(screen.getByTestId('request-whole')).toBeEnabled();
    await user.click(screen.getByTestId('request-whole'));
    await addDay(user, '2026-12-09');
    expect(screen.getByTestId('request-whole')).toBeDisabled();
    expect(screen.getByText(/niet bij een periode of meer dagen/)).toBeVisible();
    expect(requestForms.at('extra').form.whole).toBe(false);
    await user.click(screen.getAllByTestId('booking-remove')[1] as HTMLElement);
    expect(screen.getByTestId('request-whole')).toBeEnabled();
  });

  it('is there again after a restart', async () => {
    const { user, page } = await open();
    await addDay(user);
    await requestForms.keep();
    page.unmount();
    requestForms.forget();
    render(RequestPage, { kind: 'extra' });
    expect(await screen.findByTestId('booking')).toHaveTextContent('Noortje');
  });

  it('is sent, told, and followed in the overview', async () => {
    const { user } = await open();
    await addDay(user);
    expect(await faults()).toEqual([]);
    const send = vi.spyOn(host.commands, 'sendRequest');
    await user.click(screen.getByTestId('request-send'));
    await waitFor(() => expect(goto).toHaveBeenCalledWith('/agenda/aanvragen'));
    expect(send).toHaveBeenCalledWith('extra');
    expect(requestForms.at('extra').form.bookings).toEqual([]);
  });

  it('that is refused at once stays as it was filled in', async () => {
    const { user } = await open();
    await addDay(user);
    vi.spyOn(host.commands, 'sendRequest').mockImplementation(() => failed('periodNotAllowed'));
    await user.click(screen.getByTestId('request-send'));
    expect(await screen.findByTestId('trouble')).toHaveAttribute('data-code', 'periodNotAllowed');
    expect(screen.getByTestId('booking')).toBeVisible();
    expect(goto).not.toHaveBeenCalled();
  });
});

describe('without a network', () => {
  it('days and children can be chosen, and are kept as a wish', async () => {
    const { user } = await open('extra', 'offline');
    await user.click(screen.getByTestId('add-day'));
    await user.click(day('booking-days', '2026-11-27'));
    expect(await screen.findByTestId('wish-children')).toHaveTextContent('prijs volgen');
    await user.click(screen.getByRole('checkbox', { name: 'Ties' }));
    expect(await faults()).toEqual([]);
    await user.click(screen.getByTestId('booking-add'));
    expect(await screen.findByTestId('booking-incomplete')).toBeVisible();
    expect(screen.getByTestId('request-send')).toHaveTextContent('Bewaren als wens');
    await user.click(screen.getByTestId('request-send'));
    await waitFor(() => expect(goto).toHaveBeenCalledWith('/agenda/aanvragen'));
    const wishes = await host.commands.wishes();
    expect(wishes.status === 'ok' && wishes.data[0]?.form.bookings[0]?.lines).toEqual([
      { child: 't', parts: [], credit: null },
    ]);
  });
});

describe('a wish', () => {
  it('is opened as a form, and its price is asked', async () => {
    await begin('waiting');
    render(OpenWish, { wish: 'wish-ready' });
    await waitFor(() => expect(goto).toHaveBeenCalledWith('/agenda/dag', expect.anything()));
    render(RequestPage, { kind: 'extra' });
    expect(await screen.findByTestId('quote')).toBeVisible();
    expect(screen.getByTestId('request-send')).toHaveTextContent('Aanvraag indienen');
  });
});

describe('a refused request, opened again', () => {
  it('is kept as a form before the write goes', async () => {
    await begin('waiting');
    const order: string[] = [];
    const { saveRequestForm, withdrawWrite } = host.commands;
    vi.spyOn(host.commands, 'saveRequestForm').mockImplementation((form) => {
      order.push(`kept ${form.bookings.length}`);
      return saveRequestForm(form);
    });
    vi.spyOn(host.commands, 'withdrawWrite').mockImplementation((id) => {
      order.push(`withdrawn ${id}`);
      return withdrawWrite(id);
    });
    render(OpenAgain, { write: 'w-full' });
    await waitFor(() => expect(goto).toHaveBeenCalledWith('/agenda/dag', expect.anything()));
    expect(order).toEqual(['kept 1', 'withdrawn w-full']);
  });

  it('does not lose the write when the form cannot be kept', async () => {
    await begin('waiting');
    vi.spyOn(host.commands, 'saveRequestForm').mockImplementation(() => failed('diskFull'));
    const withdraw = vi.spyOn(host.commands, 'withdrawWrite');
    render(OpenAgain, { write: 'w-full' });
    expect(await screen.findByTestId('trouble')).toHaveAttribute('data-code', 'diskFull');
    expect(withdraw).not.toHaveBeenCalled();
    expect(goto).not.toHaveBeenCalled();
  });
});

describe('asking for a swap', () => {
  it('takes what is given in, and says that time left over lapses', async () => {
    const { user } = await open('swap');
    await user.click(screen.getByTestId('add-day'));
    await screen.findByTestId('booking-dialog');
    await user.click(day('given-days', '2026-11-30'));
    await screen.findByTestId('given-slots');
    const [noortje] = within_('given-slots').getAllByTestId('slot-check');
    if (noortje) await user.click(noortje);
    await user.click(day('booking-days', '2026-11-27'));
    await screen.findAllByTestId('child-possible');
    await user.click(childOf('n').getByRole('checkbox', { name: 'Middag' }));
    expect(await screen.findByTestId('quote-notice')).toHaveTextContent('vervalt');
    expect(screen.queryByTestId('pay-choice')).toBeNull();
    expect(await faults()).toEqual([]);
    await user.click(screen.getByTestId('booking-add'));
    const booking = await screen.findByTestId('booking');
    expect(booking).toHaveTextContent(/Noortje levert in: ma 30 nov 08:00 – 18:00/);
  });

  it('cannot be added without anything given in', async () => {
    const { user } = await open('swap');
    await choose(user, '2026-11-27');
    await user.click(childOf('n').getByRole('checkbox', { name: 'Middag' }));
    expect(screen.getByTestId('booking-add')).toHaveAttribute('aria-disabled', 'true');
    await user.click(screen.getByTestId('booking-add'));
    expect(screen.queryByTestId('booking')).toBeNull();
  });
});

describe('at a portal without our extension', () => {
  it('it says why and opens the web portal', async () => {
    const { user } = await open('extra', 'plain');
    const openLink = vi.spyOn(host.commands, 'openLink');
    await user.click(await screen.findByTestId('open-web-portal'));
    expect(openLink).toHaveBeenCalledWith('https://dehamsters.ouderportaal.nl/parent/');
    expect(screen.queryByTestId('add-day')).toBeNull();
  });
});
