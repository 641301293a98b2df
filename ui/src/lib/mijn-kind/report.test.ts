import { goto } from '$app/navigation';
import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { start } from '$lib/state/start';
import { timeline } from '$lib/state/timeline.svelte';
import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import Card from './Card.svelte';
import Report from './Report.svelte';

it('a click on a report opens it, with every word of it', async () => {
  useTransport(fixture('family'));
  timeline.forget();
  const stop = await start();
  const long = timeline.cards.find(({ entry }) => entry?.html.includes('Tot donderdag!'));
  if (!long?.entry) throw new Error('the fixture has a long report');
  render(Card, { card: long });
  await userEvent.setup().click(screen.getByText(/Wat een dag!/));
  expect(goto).toHaveBeenLastCalledWith(`/mijn-kind/${encodeURIComponent(long.id)}`);
  cleanup();
  render(Report, { id: long.id });
  const words = (text: string | null) => (text ?? '').replace(/\s+/g, ' ').trim();
  const template = document.createElement('div');
  template.innerHTML = long.entry.html;
  expect(words(document.querySelector('.prose')?.textContent ?? null)).toBe(
    words(template.textContent),
  );
  expect(screen.getByTestId('report')).toHaveTextContent(/Wat een dag!.*Tot donderdag!/);
  expect(screen.queryByTestId('read-more')).toBeNull();
  stop();
});
