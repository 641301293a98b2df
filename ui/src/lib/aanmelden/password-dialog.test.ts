import type { AppError, SignIn } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, trouble } from '$lib/bridge/fixture';
import { now } from '$lib/state/now.svelte';
import { session } from '$lib/state/session.svelte';
import { sync } from '$lib/state/sync.svelte';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import ExpiredBanner from './ExpiredBanner.svelte';

const field = () => screen.getByLabelText('Wachtwoord voor sanne@example.org');
const enter = () => screen.getByTestId('expired-submit');

/** The dialog, opened from the banner; `answers` come one after another, then sign-in succeeds. */
async function asked(...answers: AppError[]) {
  const host = fixture('expired');
  const sent: SignIn[] = [];
  const again = fixture('family').commands;
  host.commands.signIn = (form) => {
    sent.push({ ...form });
    const error = answers.shift();
    if (error) return Promise.resolve({ status: 'error', error });
    host.commands.overview = again.overview;
    return again.signIn(form);
  };
  const openLink = vi.spyOn(host.commands, 'openLink');
  const syncNow = vi.spyOn(host.commands, 'syncNow');
  useTransport(host);
  await session.load();
  const main = document.createElement('main');
  main.tabIndex = -1;
  document.body.append(main);
  render(ExpiredBanner);
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'Inloggen' }));
  await screen.findByTestId('password-dialog');
  return { host, sent, openLink, syncNow, main, user };
}

afterEach(() => {
  vi.useRealTimers();
  now.tick();
  sync.forget();
  document.querySelectorAll('main').forEach((main) => main.remove());
});

describe('a session that has ended asks for the password', () => {
  it('begins at the password and says that nothing is lost', async () => {
    await asked();
    await waitFor(() => expect(field()).toHaveFocus());
    expect(screen.getByTestId('password-dialog')).toHaveTextContent(
      'Alles wat hier staat, blijft staan.',
    );
    const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } };
    expect((await axe.run(document.body, { rules })).violations).toEqual([]);
  });

  it('sends nothing without one', async () => {
    const { sent, user } = await asked();
    await user.click(enter());
    expect(sent).toEqual([]);
    expect(screen.getByText('Vul je wachtwoord in.')).toBeVisible();
    expect(field()).toHaveFocus();
  });

  it('signs in to the same account, once, and goes on where the parent was', async () => {
    const { sent, syncNow, main, user } = await asked();
    await user.type(field(), 'geheim{Enter}');
    expect(sent).toEqual([
      {
        portal: 'https://dehamsters.ouderportaal.nl',
        username: 'sanne@example.org',
        password: 'geheim',
        remember: true,
        untilClosed: false,
      },
    ]);
    await waitFor(() => expect(screen.queryByTestId('password-dialog')).toBeNull());
    expect(screen.queryByTestId('expired-banner')).toBeNull();
    expect(session.account?.session).toBe('signedIn');
    expect(syncNow).toHaveBeenCalledOnce();
    await waitFor(() => expect(main).toHaveFocus());
  });

  it('says that the password is wrong, empties it, and tries no second time by itself', async () => {
    const { sent, syncNow, user } = await asked(trouble('wrongPassword'));
    await user.type(field(), 'fout{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('wachtwoord klopt niet');
    expect(field()).toHaveValue('');
    expect(field()).toHaveFocus();
    expect(sent).toHaveLength(1);
    expect(syncNow).not.toHaveBeenCalled();
    expect(session.account?.session).toBe('expired');
    await user.keyboard('geheim{Enter}');
    await waitFor(() => expect(screen.queryByTestId('password-dialog')).toBeNull());
    expect(sent.map(({ password }) => password)).toEqual(['fout', 'geheim']);
  });

  it('keeps what was typed when the password was not to blame', async () => {
    const { user } = await asked(trouble('offline'));
    await user.type(field(), 'geheim{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('Er is geen verbinding.');
    expect(field()).toHaveValue('geheim');
  });

  it('tells until when a lock-out lasts, on this day or another', async () => {
    // The tests run on a clock in New York, where this is half past nine.
    const locked = trouble('lockedOut', { blockedUntil: '2026-11-24T14:30:00Z' });
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T14:20:00Z') });
    now.tick();
    const { openLink, user } = await asked(locked);
    await user.type(field(), 'vaak{Enter}');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Te vaak geprobeerd.');
    expect(alert).toHaveTextContent('laat je weer inloggen om 09:30.');
    vi.setSystemTime(new Date('2026-11-23T14:20:00Z'));
    now.tick();
    await waitFor(() =>
      expect(alert).toHaveTextContent('laat je weer inloggen op 24 november 2026 om 09:30.'),
    );
    await user.click(screen.getByRole('button', { name: 'Openen in het ouderportaal' }));
    expect(openLink).toHaveBeenCalledWith(expect.stringContaining('/auth/login'));
  });

  it('forgets what was typed when it is closed', async () => {
    const { sent, user } = await asked(trouble('offline'));
    await user.type(field(), 'geheim{Enter}');
    await screen.findByRole('alert');
    await user.click(screen.getByRole('button', { name: 'Annuleren' }));
    await waitFor(() => expect(screen.queryByTestId('password-dialog')).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Inloggen' }));
    expect(await screen.findByLabelText('Wachtwoord voor sanne@example.org')).toHaveValue('');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(sent).toHaveLength(1);
  });
});
