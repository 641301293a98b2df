import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { children } from '$lib/state/children.svelte';
import { timeline } from '$lib/state/timeline.svelte';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import ChildFilter from './ChildFilter.svelte';

const chip = (name: RegExp) => screen.getByRole('button', { name });

beforeEach(async () => {
  useTransport(fixture('family'));
  timeline.forget();
  await Promise.all([children.load(), timeline.start()]);
  render(ChildFilter);
});

describe('the filter by child', () => {
  it('shows one child, then another as well, then everyone again', async () => {
    const user = userEvent.setup();
    expect(chip(/Iedereen/)).toHaveAttribute('aria-pressed', 'true');
    await user.click(chip(/Ties/));
    expect(timeline.children).toEqual(['t']);
    await vi.waitFor(() => {
      for (const card of timeline.cards) expect(card.children.map(({ id }) => id)).toContain('t');
    });
    await user.click(chip(/Noortje/));
    expect(timeline.children).toEqual(['t', 'n']);
    await user.click(chip(/Iedereen/));
    expect(timeline.children).toEqual([]);
  });

  it('is everyone again when every child is chosen, or none', async () => {
    const user = userEvent.setup();
    for (const name of [/Noortje/, /Ties/, /Saar/]) await user.click(chip(name));
    expect(timeline.children).toEqual([]);
    await user.click(chip(/Ties/));
    await user.click(chip(/Ties/));
    expect(timeline.children).toEqual([]);
  });

  it('offers a child that no longer attends, and says so', () => {
    expect(chip(/Saar/)).toHaveTextContent('voorheen');
  });
});
