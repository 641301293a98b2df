import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { start } from '$lib/state/start';
import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import AboutPage from './AboutPage.svelte';

let stop = () => {};

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
