import type { AppError, SignIn } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, trouble } from '$lib/bridge/fixture';
import { session } from '$lib/state/session.svelte';
import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import SignInForm from './SignInForm.svelte';

async function door(scene: 'signed-out' | 'no-store', answer?: AppError) {
  const host = fixture(scene);
  const sent: SignIn[] = [];
  const enter = host.commands.signIn;
  host.commands.signIn = (form) => {
    sent.push({ ...form });
    return answer ? Promise.resolve({ status: 'error', error: answer }) : enter(form);
  };
  const openLink = vi.spyOn(host.commands, 'openLink');
  useTransport(host);
  await session.load();
  const onenter = vi.fn(() => Promise.resolve());
  render(SignInForm, { onenter });
  const user = userEvent.setup();
  const fill = async (password = 'geheim') => {
    await user.type(screen.getByLabelText('Adres van het ouderportaal'), ' naam.ouderportaal.nl ');
    await user.type(screen.getByLabelText('Gebruikersnaam'), 'sanne');
    await user.type(screen.getByLabelText('Wachtwoord'), password);
  };
  const enterButton = () => screen.getByRole('button', { name: 'Inloggen' });
  return { user, fill, sent, onenter, openLink, enterButton };
}

describe('signing in', () => {
  it('sends what was filled in, once, and goes in', async () => {
    const { user, fill, sent, onenter } = await door('signed-out');
    await fill();
    await user.keyboard('{Enter}');
    expect(sent).toEqual([
      {
        portal: 'naam.ouderportaal.nl',
        username: 'sanne',
        password: 'geheim',
        remember: false,
        untilClosed: false,
      },
    ]);
    expect(onenter).toHaveBeenCalledOnce();
  });

  it('keeps the password only when the parent chose so', async () => {
    const { user, fill, sent, enterButton } = await door('signed-out');
    await fill();
    const remember = screen.getByRole('checkbox', { name: /Onthoud mij/ });
    expect(remember).not.toBeChecked();
    await user.click(remember);
    await user.click(enterButton());
    expect(sent[0]).toMatchObject({ remember: true });
  });

  it('sends nothing while something is missing, and goes to it', async () => {
    const { user, sent, enterButton } = await door('signed-out');
    await user.click(enterButton());
    expect(sent).toEqual([]);
    expect(screen.getByText('Vul je wachtwoord in.')).toBeVisible();
    expect(screen.getByLabelText('Adres van het ouderportaal')).toHaveFocus();
  });

  it('keeps what was typed after a refusal, except the password, and never tries again itself', async () => {
    const { user, fill, sent, onenter, enterButton } = await door(
      'signed-out',
      trouble('wrongPassword'),
    );
    await fill();
    await user.click(enterButton());
    expect(await screen.findByRole('alert')).toHaveTextContent('wachtwoord klopt niet');
    expect(screen.getByLabelText('Gebruikersnaam')).toHaveValue('sanne');
    expect(screen.getByLabelText('Wachtwoord')).toHaveValue('');
    expect(sent).toHaveLength(1);
    expect(onenter).not.toHaveBeenCalled();
  });

  it('gives advice that can be followed on this screen', async () => {
    for (const [code, words, part] of [
      ['noCredentialStore', /hierboven ‘Ingelogd blijven/, 'sign-in-until-closed'],
      ['internal', /Kopieer hieronder/, 'diagnostics'],
    ] as const) {
      const { user, fill, enterButton } = await door('signed-out', trouble(code));
      await fill();
      await user.click(enterButton());
      expect(await screen.findByTestId('sign-in-error')).toHaveTextContent(words);
      expect(screen.getByTestId(part)).toBeVisible();
      cleanup();
    }
  });

  it('shows the password only when asked', async () => {
    const { user } = await door('signed-out');
    const field = screen.getByLabelText('Wachtwoord');
    expect(field).toHaveAttribute('type', 'password');
    await user.click(screen.getByRole('button', { name: 'Wachtwoord tonen' }));
    expect(field).toHaveAttribute('type', 'text');
  });

  it('opens the portal’s own page for a forgotten password, and asks which portal first', async () => {
    const { user, openLink } = await door('signed-out');
    const forgot = screen.getByRole('button', { name: 'Wachtwoord vergeten?' });
    await user.click(forgot);
    expect(openLink).not.toHaveBeenCalled();
    expect(screen.getByText(/Vul eerst het adres/)).toBeVisible();
    await user.type(screen.getByLabelText('Adres van het ouderportaal'), 'naam.ouderportaal.nl');
    await user.click(forgot);
    expect(openLink).toHaveBeenCalledWith('https://naam.ouderportaal.nl/auth/login');
  });

  it('names the privacy statement where the portal does', async () => {
    const { user } = await door('signed-out');
    await user.type(screen.getByLabelText('Adres van het ouderportaal'), 'naam.ouderportaal.nl');
    await user.tab();
    expect(await screen.findByRole('button', { name: 'Privacyverklaring' })).toBeVisible();
  });

  it('offers to stay until the app closes where no key can be kept, and asks for that yes', async () => {
    const { user, fill, sent, enterButton } = await door('no-store');
    await fill();
    await user.click(enterButton());
    expect(sent).toEqual([]);
    await user.click(
      screen.getByRole('checkbox', { name: 'Ingelogd blijven tot ik de app sluit' }),
    );
    await user.click(enterButton());
    expect(sent[0]).toMatchObject({ untilClosed: true, remember: false });
  });
});
