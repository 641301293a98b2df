import type { ErrorCode } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, trouble } from '$lib/bridge/fixture';
import { session } from '$lib/state/session.svelte';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { describe, expect, it, vi } from 'vitest';
import Closed from './Closed.svelte';

async function closed(code: ErrorCode = 'noCredentialStore') {
  const host = fixture('closed');
  const signOutAll = vi.spyOn(host.commands, 'signOutAll');
  useTransport(host);
  await session.load();
  render(Closed, { trouble: trouble(code) });
  return { host, signOutAll, user: userEvent.setup() };
}

describe('when no account can be opened', () => {
  it('trying again opens it once the key can be had', async () => {
    const { host, user } = await closed();
    expect(session.trouble?.code).toBe('noCredentialStore');
    host.commands.overview = fixture('family').commands.overview;
    await user.click(screen.getByTestId('closed-again'));
    expect(session.trouble).toBeNull();
    expect(session.account?.username).toBe('sanne@example.org');
  });

  it('gives advice that can be followed there', async () => {
    await closed();
    expect(screen.getByRole('alert')).toHaveTextContent('Ontgrendel');
    expect(screen.getByRole('alert')).not.toHaveTextContent('Kies');
    expect(screen.getByTestId('diagnostics')).toBeVisible();
  });

  it('can be signed in to anew, and one can come back from there', async () => {
    const { user } = await closed('databaseNewer');
    await user.click(screen.getByTestId('closed-sign-in'));
    expect(screen.getByTestId('sign-in-username')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Terug' }));
    expect(screen.getByTestId('closed')).toBeVisible();
  });

  it('removes what cannot be read only after asking', async () => {
    const { user, signOutAll } = await closed('databaseDamaged');
    await user.click(screen.getByTestId('closed-remove'));
    expect(await screen.findByTestId('closed-remove-dialog')).toHaveTextContent(
      'Foto’s die je hebt opgeslagen in een map, blijven staan.',
    );
    expect(signOutAll).not.toHaveBeenCalled();
    await user.click(screen.getByTestId('closed-remove-confirm'));
    expect(signOutAll).toHaveBeenCalledOnce();
    expect(session.trouble).toBeNull();
  });

  it('offers nothing that must fail where nothing can be written', async () => {
    await closed('dataFolderReadOnly');
    expect(screen.getByTestId('closed-again')).toBeVisible();
    expect(screen.queryByTestId('closed-sign-in')).toBeNull();
    expect(screen.queryByTestId('closed-remove')).toBeNull();
  });

  it('can be used with a screen reader', async () => {
    await closed();
    const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } };
    expect((await axe.run(document.body, { rules })).violations).toEqual([]);
  });
});
