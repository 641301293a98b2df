import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { start } from '$lib/state/start';
import { timeline } from '$lib/state/timeline.svelte';
import { render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import MyChild from './MyChild.svelte';

it('Mijn kind leads to the diary, a message and an absence', async () => {
  useTransport(fixture('family'));
  timeline.forget();
  const stop = await start();
  render(MyChild);
  await screen.findByTestId('write-diary');
  const leads = ['Dagboek schrijven', 'Bericht schrijven', 'Afwezig melden'].map((name) =>
    screen.getByRole('link', { name }).getAttribute('href'),
  );
  expect(leads).toEqual(['/mijn-kind/dagboek', '/berichten/nieuw', '/agenda/afwezig']);
  stop();
});
