import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { start } from '$lib/state/start';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import AboutPage from './AboutPage.svelte';

let stop = () => {};

/** Opens what a browser opens by a click or a key on its summary. */
async function open(details: HTMLElement | null) {
  if (!(details instanceof HTMLDetailsElement)) throw new Error('nothing to open');
  details.open = true;
  await fireEvent(details, new Event('toggle'));
}

afterEach(() => {
  cleanup();
  stop();
});

it('says what is stored where, which version it is, and what it is made of', async () => {
  useTransport(fixture('family'));
  stop = await start();
  render(AboutPage);
  expect(screen.getByTestId('privacy')).toHaveTextContent('versleuteld op dit apparaat');
  expect(screen.getByTestId('about')).toHaveTextContent(/Versie \d/);
  await userEvent.click(screen.getByText('Onderdelen tonen'));
  expect(screen.getByTestId('parts')).toHaveTextContent(/tauri \d.*MIT/);
});

it('says of the PIN, the password, opened copies, the calendar and the log what is kept', async () => {
  useTransport(fixture('family'));
  stop = await start();
  render(AboutPage);
  const told = screen.getByTestId('privacy');
  for (const words of [
    'pincode zelf wordt nergens bewaard',
    'Je wachtwoord wordt alleen onthouden als je daar',
    'een leesbare kopie',
    '127.0.0.1',
    'In een logboek op dit apparaat',
  ])
    expect(told).toHaveTextContent(words);
});

it('shows the licence of the app and of every part, without a network', async () => {
  useTransport(fixture('offline'));
  stop = await start();
  render(AboutPage);
  expect(screen.queryByTestId('licence')).toBeNull();
  await open(screen.getByTestId('licences'));
  // However long the texts take to be read.
  await import('./licences.json');
  const own = await screen.findByText('Schriftje zelf: EUPL-1.2');
  await open(own.closest('details'));
  expect(await screen.findByTestId('licence-own')).toHaveTextContent(
    'EUROPEAN UNION PUBLIC LICENCE',
  );
  const svelte = screen
    .getAllByTestId('licence')
    .find((one) => /(^|, )svelte \d/.test(one.textContent ?? ''));
  await open(svelte ?? null);
  await waitFor(() => expect(svelte).toHaveTextContent(/Copyright.*Svelte Contributors/));
});
