import { goto } from '$app/navigation';
import { failed } from '$lib/bridge/fixture-failed';
import { agenda } from '$lib/state/agenda.svelte';
import { now } from '$lib/state/now.svelte';
import { requestForms } from '$lib/state/request-form.svelte';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import OpenAgain from './OpenAgain.svelte';
import OpenWish from './OpenWish.svelte';
import {
  add,
  addDay,
  begin,
  childOf,
  choose,
  choosePart,
  choosePeriod,
  day,
  expireOn,
  expiryDay,
  faults,
  host,
  open,
  openExpiry,
  sent,
  within_,
} from './request-stage';
import RequestPage from './RequestPage.svelte';

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

  it('for a period shows which of its days are possible, and which are planned', async () => {
    const { user } = await open();
    const ask = vi.spyOn(host.commands, 'possibilities');
    await user.click(screen.getByTestId('add-day'));
    await choosePeriod(user, 'booking-days', '2026-12-02', '2026-12-05');
    await screen.findAllByTestId('child-possible');
    expect(ask.mock.lastCall).toEqual(['extra', '2026-12-02', '2026-12-05']);
    expect(childOf('n').getByTestId('already-planned')).toHaveTextContent(
      'Reeds gepland: do 3 dec 08:00 – 18:00',
    );
    const [morning, afternoon] = childOf('n').getAllByTestId('days-refused');
    expect(morning).toHaveTextContent('vr 4 dec: De groep is deze ochtend vol.');
    expect(afternoon).toHaveTextContent('za 5 dec: In het weekend is de opvang gesloten.');
    expect(afternoon).not.toHaveTextContent('vol');
    expect(childOf('n').getByText(/12:30 – 18:30.*op 2 dagen/)).toBeVisible();
    expect(await faults()).toEqual([]);
  });

  it('is for a day or a period, for one child or several', async () => {
    const { user } = await open();
    await addDay(user, '2026-12-04');
    await user.click(screen.getByTestId('add-day'));
    await choosePeriod(user, 'booking-days', '2026-11-27', '2026-11-30');
    await screen.findAllByTestId('child-possible');
    await choosePart(user, 'n', 'Middag');
    await choosePart(user, 't', 'Hele dag');
    await add(user);
    const form = await sent(user);
    const asked = form?.bookings.map(({ from, until, lines }) => [
      from,
      until,
      lines.map(({ child, parts }) => [child, parts.map(({ id }) => id)]),
    ]);
    expect(asked).toEqual([
      ['2026-12-04', '2026-12-04', [['n', ['whole']]]],
      [
        '2026-11-27',
        '2026-11-30',
        [
          ['n', ['afternoon']],
          ['t', ['whole']],
        ],
      ],
    ]);
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

  it('is paid with a credit of that child which can be used, and with no other', async () => {
    const { user } = await open();
    await choose(user, '2026-11-27');
    await choosePart(user, 'n', 'Hele dag');
    await choosePart(user, 't', 'Hele dag');
    const ways = (child: string) =>
      childOf(child)
        .getAllByTestId('pay-way')
        .map(({ textContent }) => textContent?.trim().replace(/ +Geldig.*| +Te gebruiken.*/s, ''));
    expect(ways('n')).toEqual(['Op de factuur', expect.stringContaining('nog 3 punten')]);
    expect(ways('t')).toEqual(['Op de factuur', expect.stringContaining('nog 2 punten')]);
    await user.click(childOf('n').getByRole('radio', { name: /nog 3 punten/ }));
    await add(user);
    const [booking] = (await sent(user))?.bookings ?? [];
    expect(booking?.lines.map(({ child, credit }) => [child, credit]).sort()).toEqual([
      ['n', 'c-soon'],
      ['t', null],
    ]);
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

  it('lists why other credits cannot be used, leads to whom to tell, and keeps the choice while a message is written', async () => {
    const { user, page } = await open();
    await choose(user, '2026-11-27');
    await user.click(childOf('n').getByRole('checkbox', { name: 'Hele dag' }));
    await user.click(await childOf('n').findByTestId('open-credits'));
    const dialog = await screen.findByTestId('credits-dialog');
    expect(within(dialog).getByTestId('credit-not-usable')).toHaveTextContent(
      'alleen in schoolvakanties',
    );
    expect(within(dialog).getByText(/Klopt dit niet\?/)).toBeVisible();
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

  it('expires on a day from tomorrow until its first day, and on no other', async () => {
    const { user } = await open();
    await addDay(user, '2026-12-04');
    await expireOn(user, '2026-11-27');
    expect(requestForms.at('extra').form.expiresOn).toBe('2026-11-27');
    await expireOn(user, '2026-11-30');
    expect(requestForms.at('extra').form.expiresOn).toBe('2026-11-30');
    await openExpiry(user);
    expect(expiryDay('2026-11-26')).toHaveAttribute('aria-disabled', 'true');
    expect(expiryDay('2026-11-27')).not.toHaveAttribute('aria-disabled', 'true');
    await user.click(screen.getByLabelText('Volgende maand'));
    expect(expiryDay('2026-12-04')).not.toHaveAttribute('aria-disabled', 'true');
    expect(expiryDay('2026-12-05')).toHaveAttribute('aria-disabled', 'true');
    await user.keyboard('{Escape}');
    expect(await sent(user)).toMatchObject({ expiresOn: '2026-11-30' });
  });

  it('is not sent with a day to expire that has come meanwhile', async () => {
    const { user } = await open();
    const send = vi.spyOn(host.commands, 'sendRequest');
    await addDay(user, '2026-12-04');
    requestForms.at('extra').change({ expiresOn: '2026-11-27' });
    expect(within_('request-expires').queryByRole('alert')).toBeNull();
    vi.setSystemTime(new Date('2026-11-27T11:00:00Z'));
    now.tick();
    expect(await within_('request-expires').findByRole('alert')).toHaveTextContent(
      'Kies een dag van morgen t/m vrijdag 4 december 2026.',
    );
    await user.click(screen.getByTestId('request-send'));
    expect(send).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Wissen' }));
    expect(await sent(user)).toMatchObject({ expiresOn: null });
  });

  it('takes a remark along', async () => {
    const { user } = await open();
    await addDay(user);
    await user.type(screen.getByTestId('request-remark'), 'Opa en oma zijn weg.');
    expect(await sent(user)).toMatchObject({ remark: 'Opa en oma zijn weg.' });
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
    expect(screen.getByTestId('request-send')).toHaveTextContent('Bewaren tot er internet is');
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

describe('at a portal without our extension', () => {
  it('it says why and opens the web portal', async () => {
    const { user } = await open('extra', 'plain');
    const openLink = vi.spyOn(host.commands, 'openLink');
    await user.click(await screen.findByTestId('open-web-portal'));
    expect(openLink).toHaveBeenCalledWith('https://dehamsters.ouderportaal.nl/parent/');
    expect(screen.queryByTestId('add-day')).toBeNull();
  });
});
