import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { session } from '$lib/state/session.svelte';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import SignInForm from './SignInForm.svelte';

describe('the sign-in screen', () => {
  it('says where the portal address stands and whom to ask', async () => {
    useTransport(fixture('signed-out'));
    await session.load();
    render(SignInForm, { onenter: () => Promise.resolve() });
    expect(screen.getByText(/Je vindt het in de welkomstmail/)).toBeVisible();
    await userEvent.setup().click(screen.getByText('Geen welkomstmail gekregen?'));
    expect(screen.getByText(/zes weken voordat de opvang start/)).toHaveTextContent(
      /Neem dan contact op met je kinderopvangorganisatie/,
    );
  });

  it('links to what the portal says of privacy and disclosure', async () => {
    const host = fixture('signed-out');
    useTransport(host);
    await session.load();
    render(SignInForm, { onenter: () => Promise.resolve() });
    const user = userEvent.setup();
    await user.type(screen.getByLabelText('Adres van het ouderportaal'), 'naam.ouderportaal.nl');
    await user.tab();
    const opened = vi.spyOn(host.commands, 'openLink');
    for (const [name, address] of [
      ['Privacyverklaring', 'https://example.org/privacy'],
      ['Responsible disclosure', 'https://example.org/disclosure'],
    ] as const) {
      await user.click(await screen.findByRole('button', { name }));
      expect(opened).toHaveBeenLastCalledWith(address);
    }
  });
});
