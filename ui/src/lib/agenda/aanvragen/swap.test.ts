import type { UserEvent } from '@testing-library/user-event';
import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import {
  add,
  childOf,
  choose,
  choosePart,
  choosePeriod,
  day,
  expireOn,
  faults,
  open,
  sent,
  within_,
} from './request-stage';

const givenOf = (id: string) => {
  const found = within_('given-slots')
    .getAllByTestId('slot-choice')
    .find(({ dataset }) => dataset.child === id);
  if (!found) throw new Error(`no slots of ${id}`);
  return found;
};

/** Gives in Noortje's Monday for the Friday before it. */
async function chooseSwap(user: UserEvent) {
  await user.click(screen.getByTestId('add-day'));
  await screen.findByTestId('booking-dialog');
  await user.click(day('given-days', '2026-11-30'));
  await screen.findByTestId('given-slots');
  const slot = givenOf('n').querySelector<HTMLElement>('[data-testid="slot-check"]');
  if (slot) await user.click(slot);
  await user.click(day('booking-days', '2026-11-27'));
  await screen.findAllByTestId('child-possible');
  await choosePart(user, 'n', 'Middag');
}

describe('asking for a swap', () => {
  it('takes what is given in, and says that time left over lapses', async () => {
    const { user } = await open('swap');
    await chooseSwap(user);
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
    await choosePart(user, 'n', 'Middag');
    expect(screen.getByTestId('booking-add')).toHaveAttribute('aria-disabled', 'true');
    await user.click(screen.getByTestId('booking-add'));
    expect(screen.queryByTestId('booking')).toBeNull();
  });

  it('shows all children, and takes a period of several of them', async () => {
    const { user } = await open('swap');
    await user.click(screen.getByTestId('add-day'));
    await choosePeriod(user, 'given-days', '2026-11-26', '2026-11-30');
    await screen.findByTestId('given-slots');
    for (const child of ['n', 't'])
      await user.click(givenOf(child).querySelector('[data-testid="all-slots"]') as HTMLElement);
    await choosePeriod(user, 'booking-days', '2026-11-27', '2026-11-28');
    await screen.findAllByTestId('child-possible');
    await choosePart(user, 'n', 'Middag');
    await choosePart(user, 't', 'Middag');
    await add(user);
    const [booking] = (await sent(user))?.bookings ?? [];
    expect([booking?.from, booking?.until]).toEqual(['2026-11-27', '2026-11-28']);
    expect(booking?.lines.map(({ child }) => child)).toEqual(['n', 't']);
    expect(booking?.given.map(({ child, slots }) => [child, slots.map((one) => one.day)])).toEqual([
      ['n', ['2026-11-26', '2026-11-30']],
      ['t', ['2026-11-26', '2026-11-30']],
    ]);
  });

  it('tells of a day wanted that a child is planned on it already', async () => {
    const { user } = await open('swap');
    await choose(user, '2026-11-30');
    expect(childOf('n').getByTestId('already-planned')).toHaveTextContent(
      'Reeds gepland: 08:00 – 18:00',
    );
    expect(childOf('n').getByTestId('parts-refused')).toHaveTextContent('al opvang gepland');
    expect(childOf('n').queryByTestId('part-check')).toBeNull();
  });

  it('is given in with the condition that all can swap, and a day on which it expires', async () => {
    const { user } = await open('swap');
    await chooseSwap(user);
    await add(user);
    await user.click(screen.getByTestId('request-whole'));
    await expireOn(user, '2026-11-27');
    expect(await sent(user)).toMatchObject({
      kind: 'swap',
      whole: true,
      expiresOn: '2026-11-27',
      bookings: [{ from: '2026-11-27' }],
    });
  });
});
