import { goto } from '$app/navigation';
import type { Write, WriteState } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, type Fixture, type Scene } from '$lib/bridge/fixture';
import { absence } from '$lib/state/absence-form.svelte';
import { agenda } from '$lib/state/agenda.svelte';
import { now } from '$lib/state/now.svelte';
import { outbox } from '$lib/state/outbox.svelte';
import { start } from '$lib/state/start';
import { sync } from '$lib/state/sync.svelte';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import AbsencePage from './AbsencePage.svelte';
import OpenAgain from './OpenAgain.svelte';

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
  absence.forget();
  sync.forget();
  stop = await start();
  await waitFor(() => expect(agenda.state).not.toBeNull());
  return userEvent.setup();
}

async function open(scene: Scene = 'family') {
  const user = await begin(scene);
  render(AbsencePage);
  await screen.findByTestId('absence-page');
  return user;
}

const day = (date: string) => {
  const found = document.querySelector<HTMLElement>(`[data-day="${date}"]`);
  if (!found) throw new Error(`${date} is not shown`);
  return found;
};

const childOf = (id: string) => {
  const found = screen.getAllByTestId('slot-choice').find(({ dataset }) => dataset.child === id);
  if (!found) throw new Error(`no slots of ${id}`);
  return within(found);
};

const faults = async () => {
  const { violations } = await axe.run(document.body, {
    rules: { region: { enabled: false }, 'color-contrast': { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
};

describe('reporting an absence', () => {
  it('tells the policy before anything is sent', async () => {
    await open();
    expect(screen.getByTestId('absence-policy')).toHaveTextContent('Tot 48 uur vooraf');
  });

  it('offers no day that is past, and weeks that begin on Monday with their numbers', async () => {
    await open();
    expect(day('2026-11-25')).toHaveAttribute('aria-disabled', 'true');
    expect(day('2026-11-26')).not.toHaveAttribute('aria-disabled', 'true');
    const heads = screen.getAllByRole('columnheader').map((head) => head.textContent?.trim());
    expect(heads).toEqual(['wk', 'ma', 'di', 'wo', 'do', 'vr', 'za', 'zo']);
    expect(screen.getByRole('rowheader', { name: 'Week 48' })).toBeVisible();
  });

  it('is filled in with a keyboard alone', async () => {
    const user = await open();
    day('2026-11-26').focus();
    await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(day('2026-12-03')).toHaveFocus());
    await user.keyboard('{Enter}');
    expect(await screen.findByTestId('absence-days-chosen')).toHaveTextContent(
      'donderdag 3 december 2026',
    );
  });

  it('sends the slots of the children that were chosen, and no others', async () => {
    const user = await open();
    const send = vi.spyOn(host.commands, 'sendAbsence');
    await user.click(day('2026-11-30'));
    await screen.findAllByTestId('slot-choice');
    await user.click(childOf('t').getByTestId('slot-check'));
    await user.click(screen.getByRole('radio', { name: 'Ziek' }));
    expect(await faults()).toEqual([]);
    await user.click(screen.getByTestId('absence-send'));
    await screen.findByTestId('absence-sent');
    expect(send).toHaveBeenCalledOnce();
    const [form] = send.mock.calls[0] ?? [];
    expect(form).toMatchObject({ from: '2026-11-30', until: '2026-11-30', reason: 'ill' });
    expect(form?.lines.map(({ child, slots }) => [child, slots.length])).toEqual([['t', 1]]);
    await waitFor(() =>
      expect(screen.getByTestId('absence-sent')).toHaveAttribute('data-progress', 'sent'),
    );
    expect(await faults()).toEqual([]);
  });

  it('says what is missing, and sends nothing', async () => {
    const user = await open();
    const send = vi.spyOn(host.commands, 'sendAbsence');
    await user.click(screen.getByTestId('absence-send'));
    expect(screen.getByText('Kies eerst een dag of periode.')).toBeVisible();
    expect(screen.getByText('Kies een reden.')).toBeVisible();
    await user.click(day('2026-11-30'));
    await screen.findAllByTestId('slot-choice');
    await user.click(screen.getByTestId('absence-send'));
    expect(screen.getByText('Kies wie er niet komt, en wanneer.')).toBeVisible();
    expect(send).not.toHaveBeenCalled();
  });

  it('is for a day or a period, of one child or several', async () => {
    const user = await open();
    const send = vi.spyOn(host.commands, 'sendAbsence');
    await user.click(screen.getByRole('radio', { name: 'Periode' }));
    await user.click(day('2026-11-27'));
    await user.click(day('2026-11-30'));
    await screen.findAllByTestId('slot-choice');
    expect(screen.getByTestId('absence-days-chosen')).toHaveTextContent(
      'vrijdag 27 november 2026 t/m maandag 30 november 2026',
    );
    await user.click(childOf('n').getByTestId('slot-check'));
    await user.click(childOf('t').getByTestId('slot-check'));
    await user.click(screen.getByRole('radio', { name: 'Vakantie' }));
    await user.click(screen.getByTestId('absence-send'));
    await screen.findByTestId('absence-sent');
    const [form] = send.mock.calls[0] ?? [];
    expect(form).toMatchObject({ from: '2026-11-27', until: '2026-11-30', reason: 'holiday' });
    expect(form?.lines.map(({ child, slots }) => [child, slots.map((one) => one.day)])).toEqual([
      ['n', ['2026-11-30']],
      ['t', ['2026-11-30']],
    ]);
  });

  it('of a period takes all slots of a child at once', async () => {
    const user = await open();
    await user.click(screen.getByRole('radio', { name: 'Periode' }));
    await user.click(day('2026-11-26'));
    await user.click(day('2026-11-30'));
    await screen.findAllByTestId('slot-choice');
    await user.click(childOf('n').getByTestId('all-slots'));
    const boxes = childOf('n').getAllByTestId('slot-check');
    expect(boxes).toHaveLength(2);
    for (const box of boxes) expect(box).toBeChecked();
    for (const box of childOf('t').getAllByTestId('slot-check')) expect(box).not.toBeChecked();
  });

  it('has one of three reasons', async () => {
    const user = await open();
    const send = vi.spyOn(host.commands, 'sendAbsence');
    const reasons = within(screen.getByTestId('absence-reason')).getAllByRole('radio');
    expect(reasons.map(({ textContent }) => textContent)).toEqual(['Ziek', 'Vakantie', 'Overig']);
    await user.click(day('2026-11-30'));
    await screen.findAllByTestId('slot-choice');
    await user.click(childOf('n').getByTestId('slot-check'));
    await user.click(screen.getByRole('radio', { name: 'Ziek' }));
    await user.click(screen.getByRole('radio', { name: 'Overig' }));
    await user.click(screen.getByTestId('absence-send'));
    await screen.findByTestId('absence-sent');
    expect(send.mock.calls[0]?.[0].reason).toBe('other');
  });

  it('works without a network, and says that it waits', async () => {
    const user = await open('offline');
    expect(screen.getByTestId('absence-offline')).toHaveTextContent('gaat vanzelf weg');
    await user.click(day('2026-11-30'));
    await screen.findAllByTestId('slot-choice');
    await user.click(childOf('n').getByTestId('slot-check'));
    await user.click(screen.getByRole('radio', { name: 'Ziek' }));
    await user.click(screen.getByTestId('absence-send'));
    const sent = await screen.findByTestId('absence-sent');
    expect(sent).toHaveAttribute('data-progress', 'waits');
    expect(sent).toHaveTextContent('Wordt doorgegeven');
  });
});

describe('an absence that was sent', () => {
  /** Sends one of today, and lets the send queue hold what is said. */
  async function sendOfToday(state: WriteState, more: Partial<Write> = {}, scene?: Scene) {
    const user = await begin(scene);
    vi.setSystemTime(new Date('2026-11-26T05:30:00Z'));
    now.tick();
    await absence.choose('2026-11-26', '2026-11-26');
    const [first] = absence.expected ?? [];
    if (!first?.slots[0]) throw new Error('nobody is expected');
    const { day, startsAt, endsAt } = first.slots[0];
    const form = {
      from: day,
      until: day,
      lines: [{ child: first.child.id, slots: [{ day, startsAt, endsAt }] }],
      reason: 'ill' as const,
      remark: '',
    };
    const write: Write = {
      id: 'late',
      what: { what: 'absence', form },
      state,
      reason: null,
      reasonCode: null,
      attempts: 1,
      writtenAt: '2026-11-26T05:29:00Z',
      sentAt: null,
      remote: null,
      files: [],
      ...more,
    };
    vi.spyOn(host.commands, 'outbox').mockResolvedValue({ status: 'ok', data: [write] });
    outbox.put(write);
    absence.sent = write;
    render(AbsencePage);
    return user;
  }

  it('and does not arrive while the slot draws near says so, and calls the group', async () => {
    const user = await sendOfToday('queued');
    const openLink = vi.spyOn(host.commands, 'openLink');
    const sent = await screen.findByTestId('absence-sent');
    expect(within(sent).getByRole('alert')).toHaveTextContent('Nog NIET doorgegeven!');
    expect(sent).toHaveTextContent('08:00');
    await user.click(screen.getByTestId('call-group'));
    expect(openLink).toHaveBeenCalledWith('tel:0205550120');
    expect(await faults()).toEqual([]);
  });

  it('is never said to be there when it was thrown away while it waited', async () => {
    await sendOfToday('queued');
    await screen.findByTestId('absence-sent');
    vi.spyOn(host.commands, 'outbox').mockResolvedValue({ status: 'ok', data: [] });
    await outbox.load();
    await waitFor(() =>
      expect(screen.getByTestId('absence-sent')).toHaveAttribute('data-progress', 'unknown'),
    );
  });

  it('whose day had begun goes only when the parent says so once more', async () => {
    const user = await sendOfToday('refused', { reasonCode: 'day-begun' });
    const confirm = vi.spyOn(host.commands, 'confirmLateAbsence');
    expect(await screen.findByTestId('absence-refused')).toHaveTextContent('al begonnen');
    expect(confirm).not.toHaveBeenCalled();
    await user.click(screen.getByTestId('absence-late'));
    expect(confirm).toHaveBeenCalledWith('late');
  });
});

describe('a refused absence, opened again', () => {
  it('is there as it was filled in, and goes once the new one is sent', async () => {
    const user = await begin('waiting');
    const withdraw = vi.spyOn(host.commands, 'withdrawWrite');
    render(OpenAgain, { write: 'w-ill' });
    await waitFor(() => expect(goto).toHaveBeenCalledWith('/agenda/afwezig', expect.anything()));
    expect(withdraw).not.toHaveBeenCalled();
    render(AbsencePage);
    expect(await screen.findByRole('radio', { name: 'Ziek' })).toBeChecked();
    await waitFor(() => expect(childOf('n').getByTestId('slot-check')).toBeChecked());
    await user.click(screen.getByTestId('absence-send'));
    await waitFor(() => expect(withdraw).toHaveBeenCalledWith('w-ill'));
  });
});

describe('at a portal without our extension', () => {
  it('it says why in one sentence and opens the web portal', async () => {
    const user = await open('plain');
    const openLink = vi.spyOn(host.commands, 'openLink');
    expect(screen.getByTestId('not-offered')).toHaveTextContent('ouderportaal');
    expect(screen.queryByTestId('absence-send')).toBeNull();
    await user.click(screen.getByTestId('open-web-portal'));
    expect(openLink).toHaveBeenCalledWith('https://dehamsters.ouderportaal.nl/parent/');
  });
});
