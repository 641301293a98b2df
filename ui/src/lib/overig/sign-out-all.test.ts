import { useTransport } from '$lib/bridge';
import { fixture, trouble } from '$lib/bridge/fixture';
import { notice } from '$lib/state/notice.svelte';
import { session } from '$lib/state/session.svelte';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import More from './More.svelte';

it('signs out of all accounts when there are several, after asking', async () => {
  const host = fixture('two-accounts');
  const all = vi.spyOn(host.commands, 'signOutAll');
  useTransport(host);
  await session.load();
  render(More);
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'Uitloggen uit alle accounts' }));
  expect(all).not.toHaveBeenCalled();
  await user.click(await screen.findByTestId('sign-out-confirm'));
  expect(all).toHaveBeenCalledOnce();
});

it('says of an archive that nothing of it can be had again', async () => {
  useTransport(fixture('ended'));
  await session.load();
  render(More);
  const user = userEvent.setup();
  await user.click(screen.getByTestId('sign-out'));
  expect(await screen.findByTestId('only-copy')).toHaveTextContent(/hier staat de enige kopie/);
});

it('lets go of a parent whose key stays in the keyring, and says so', async () => {
  const host = fixture('two-accounts');
  useTransport(host);
  await session.load();
  const signOutAll = host.commands.signOutAll.bind(host.commands);
  vi.spyOn(host.commands, 'signOutAll').mockImplementation(async (discard) => {
    await signOutAll(discard);
    return { status: 'error', error: trouble('keyLeft') };
  });
  render(More);
  const user = userEvent.setup();
  await user.click(screen.getByTestId('sign-out-all'));
  await user.click(await screen.findByTestId('sign-out-confirm'));
  await waitFor(() => expect(session.account).toBeNull());
  expect(notice.text).toMatch(/Je bent uitgelogd.*hield één sleutel vast/);
});
