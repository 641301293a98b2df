import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { start } from '$lib/state/start';
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import AppearanceSection from './AppearanceSection.svelte';

let stop = () => {};

afterEach(() => {
  cleanup();
  stop();
});

it('is light or dark on a phone as well', async () => {
  const host = fixture('family');
  host.desktop = false;
  useTransport(host);
  stop = await start();
  render(AppearanceSection);
  await userEvent.click(screen.getByTestId('theme-light'));
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe('light'));
});

it('is light or dark and of a size that can be read, and stays so', async () => {
  const host = fixture('family');
  useTransport(host);
  stop = await start();
  const set = vi.spyOn(host.commands, 'setSettings');
  render(AppearanceSection);
  await userEvent.click(screen.getByTestId('theme-dark'));
  expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ theme: 'dark', textSize: 100 }));
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
  await userEvent.click(screen.getByTestId('text-150'));
  expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ theme: 'dark', textSize: 150 }));
  await waitFor(() =>
    expect(document.documentElement.style.getPropertyValue('--text-scale')).toBe('1.5'),
  );
  expect(screen.getByTestId('text-150')).toBeChecked();
});
