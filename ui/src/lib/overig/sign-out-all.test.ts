import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { session } from '$lib/state/session.svelte';
import { render, screen } from '@testing-library/svelte';
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
