import type { AppError } from '$lib/bindings';
import { trouble } from '$lib/bridge/fixture';
import { detailsForms } from '$lib/state/details-form.svelte';
import { forgetFacts } from '$lib/state/facts.svelte';
import { notice } from '$lib/state/notice.svelte';
import { session } from '$lib/state/session.svelte';
import { switchTo } from '$lib/state/start';
import { sync } from '$lib/state/sync.svelte';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import FamilySection from '../FamilySection.svelte';
import AccountPage from './AccountPage.svelte';
import { alter, end, ENDED, faults, late, open } from './account.fixture';

describe('one’s own details', () => {
  it('are seen, and changed where the portal lets one', async () => {
    const host = await open('family');
    const change = vi.spyOn(host.commands, 'changeDetails');
    render(AccountPage);
    expect(await screen.findByText('06 - 55 50 10 10')).toBeVisible();
    expect(screen.getAllByTestId('child-link')).toHaveLength(3);
    expect(screen.getByText('1 vraag wacht op je antwoord')).toBeVisible();
    expect(await faults()).toEqual([]);
    await userEvent.click(screen.getByTestId('details-edit'));
    expect(screen.queryByTestId('detail-name')).toBeNull();
    await userEvent.clear(screen.getByTestId('detail-phone'));
    await userEvent.type(screen.getByTestId('detail-phone'), '06 - 55 50 20 20');
    await userEvent.click(screen.getByTestId('details-save'));
    expect(change).toHaveBeenCalledWith('"own-1"', [{ field: 'phone', value: '06 - 55 50 20 20' }]);
    await waitFor(() => expect(screen.queryByTestId('details-form')).toBeNull());
  });

  it('that somebody else changed meanwhile show both values, and overwrite none unseen', async () => {
    const host = await open('family');
    vi.spyOn(host.commands, 'changeDetails').mockImplementation(late);
    render(AccountPage);
    await userEvent.click(await screen.findByTestId('details-edit'));
    await userEvent.clear(screen.getByTestId('detail-city'));
    await userEvent.type(screen.getByTestId('detail-city'), 'Bloemendaal');
    alter(host, 'ownDetails', (is) => {
      is.etag = '"own-2"';
      for (const one of is.fields) if (one.field === 'city') one.value = 'Zandvoort';
    });
    await userEvent.click(screen.getByTestId('details-save'));
    const both = await screen.findByTestId('details-conflict');
    expect(both).toHaveTextContent('Nu bij de opvang: Zandvoort');
    expect(both).toHaveTextContent('Jij vulde in: Bloemendaal');
    expect(screen.getByTestId('detail-city')).toHaveValue('Bloemendaal');
    expect(await faults()).toEqual([]);
    await userEvent.click(screen.getByTestId('details-take-over'));
    expect(screen.getByTestId('detail-city')).toHaveValue('Zandvoort');
    expect(screen.queryByTestId('details-conflict')).toBeNull();
  });

  it.each(['offline', 'timedOut', 'portalDown', 'addressUnknown'] as const)(
    'cannot be saved while the portal cannot be reached (%s), and lose nothing by it',
    async (code) => {
      const host = await open('family');
      const change = vi.spyOn(host.commands, 'changeDetails');
      render(AccountPage);
      await userEvent.click(await screen.findByTestId('details-edit'));
      await userEvent.type(screen.getByTestId('detail-city'), ' Noord');
      if (sync.status) sync.status = { ...sync.status, trouble: trouble(code) };
      expect(await screen.findByTestId('details-lost')).toBeVisible();
      expect(screen.getByTestId('details-save')).toHaveAttribute('aria-disabled', 'true');
      await userEvent.click(screen.getByTestId('details-save'));
      expect(change).not.toHaveBeenCalled();
      expect(screen.getByTestId('detail-city')).toHaveValue('Haarlem Noord');
    },
  );

  it('keep the keyboard where the parent is', async () => {
    await open('family');
    render(AccountPage);
    await userEvent.click(await screen.findByTestId('details-edit'));
    expect(screen.getByTestId('detail-email')).toHaveFocus();
    await userEvent.click(screen.getByRole('button', { name: 'Annuleren' }));
    await waitFor(() => expect(screen.getByTestId('details-edit')).toHaveFocus());
  });

  it('that are half typed are there again when the parent comes back, until thrown away', async () => {
    const host = await open('family');
    const change = vi.spyOn(host.commands, 'changeDetails');
    const page = render(AccountPage);
    await userEvent.click(await screen.findByTestId('details-edit'));
    await userEvent.type(screen.getByTestId('detail-city'), ' Noord');
    page.unmount();
    const overig = render(FamilySection);
    expect(screen.getByText('Je gewijzigde gegevens zijn nog niet opgeslagen.')).toBeVisible();
    overig.unmount();
    forgetFacts();
    render(AccountPage);
    expect(screen.getByTestId('details-kept')).toBeVisible();
    expect(screen.getByTestId('detail-city')).toHaveValue('Haarlem Noord');
    expect(await faults()).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Wijzigingen weggooien' }));
    await waitFor(() => expect(screen.getByTestId('details-edit')).toHaveFocus());
    expect(screen.getByTestId('own-details')).toHaveTextContent(/Haarlem(?! Noord)/);
    expect(change).not.toHaveBeenCalled();
    await userEvent.click(screen.getByTestId('details-edit'));
    expect(screen.getByTestId('detail-city')).toHaveValue('Haarlem');
  });

  it('that are half typed stay with their account, and go when it is signed out', async () => {
    const host = await open('two-accounts');
    const [first, other] = session.overview?.accounts ?? [];
    if (!first || !other) throw new Error('the fixture has two accounts');
    render(AccountPage);
    await userEvent.click(await screen.findByTestId('details-edit'));
    await userEvent.type(screen.getByTestId('detail-city'), ' Noord');
    await switchTo(other.id);
    expect(screen.queryByTestId('details-form')).toBeNull();
    expect(await screen.findByTestId('details-edit')).toBeVisible();
    await switchTo(first.id);
    expect(await screen.findByTestId('detail-city')).toHaveValue('Haarlem Noord');
    await host.commands.signOut(first.id, true);
    await session.load();
    detailsForms.forgetGone();
    expect(detailsForms.of(first.id)).toBeNull();
  });

  it('that only were looked at leave nothing behind', async () => {
    await open('family');
    const page = render(AccountPage);
    await userEvent.click(await screen.findByTestId('details-edit'));
    page.unmount();
    expect(detailsForms.current).toBeNull();
  });

  it('that could not be saved while the parent was elsewhere are told, and kept', async () => {
    const host = await open('family');
    let answer: (is: { status: 'error'; error: AppError }) => void = () => {};
    host.commands.changeDetails = () => new Promise((resolve) => (answer = resolve));
    const page = render(AccountPage);
    await userEvent.click(await screen.findByTestId('details-edit'));
    await userEvent.type(screen.getByTestId('detail-city'), ' Noord');
    await userEvent.click(screen.getByTestId('details-save'));
    page.unmount();
    answer({ status: 'error', error: trouble('portalDown') });
    await waitFor(() =>
      expect(notice.text).toBe(
        'Je gegevens zijn niet gewijzigd. Het ouderportaal heeft een storing.',
      ),
    );
    render(AccountPage);
    expect(screen.getByTestId('detail-city')).toHaveValue('Haarlem Noord');
    expect(screen.getByTestId('trouble')).toBeVisible();
  });

  it('are seen without a network, and changed with one', async () => {
    await open('offline');
    render(AccountPage);
    expect(await screen.findByText('Lindenstraat 4')).toBeVisible();
    expect(screen.getByTestId('details-offline')).toBeVisible();
    expect(screen.getByTestId('details-edit')).toBeDisabled();
  });

  it('of an account that has ended are seen, and cannot be changed', async () => {
    await open('ended');
    render(AccountPage);
    expect(await screen.findByText('Lindenstraat 4')).toBeVisible();
    expect(screen.getByTestId('details-offline')).toHaveTextContent(ENDED);
    expect(screen.getByTestId('details-edit')).toBeDisabled();
    expect(screen.getByTestId('password-change')).toBeDisabled();
    expect(screen.queryByText('1 vraag wacht op je antwoord')).toBeNull();
  });

  it('that are being changed when the account ends go nowhere', async () => {
    const host = await open('family');
    const change = vi.spyOn(host.commands, 'changeDetails');
    render(AccountPage);
    await userEvent.click(await screen.findByTestId('details-edit'));
    await userEvent.type(screen.getByTestId('detail-phone'), '9');
    await end();
    expect(await screen.findByTestId('details-lost')).toHaveTextContent(ENDED);
    await userEvent.click(screen.getByTestId('details-save'));
    expect(change).not.toHaveBeenCalled();
  });

  it('stand in the web portal where the portal does not tell them', async () => {
    await open('plain');
    render(AccountPage);
    expect(await screen.findByTestId('not-told')).toHaveTextContent('in het ouderportaal');
  });
});

describe('a new password', () => {
  it('goes nowhere when the account has ended meanwhile', async () => {
    const host = await open('family');
    const change = vi.spyOn(host.commands, 'changePassword');
    render(AccountPage);
    await userEvent.click(await screen.findByTestId('password-change'));
    await screen.findByTestId('password-form');
    await userEvent.type(screen.getByTestId('password-current'), 'oud-en-geheim');
    for (const field of ['password-new', 'password-again'])
      await userEvent.type(screen.getByTestId(field), 'vlinder-fiets-83');
    await end();
    expect(await screen.findByTestId('password-unchangeable')).toHaveTextContent(ENDED);
    await userEvent.click(screen.getByTestId('password-save'));
    expect(change).not.toHaveBeenCalled();
  });

  const dialog = async () => {
    render(AccountPage);
    await userEvent.click(await screen.findByTestId('password-change'));
    return screen.findByTestId('password-form');
  };

  it('is asked for, however often the portal tells a rule', async () => {
    const host = await open('family');
    alter(host, 'ownDetails', (is) => (is.passwordRules = ['Een cijfer', 'Een cijfer']));
    expect(await dialog()).toHaveTextContent('Een cijfer');
  });

  it('is judged, typed twice, and sent once with the present one', async () => {
    const host = await open('family');
    const change = vi.spyOn(host.commands, 'changePassword');
    const form = await dialog();
    expect(form).toHaveTextContent('Minstens 10 tekens');
    await userEvent.click(screen.getByTestId('password-save'));
    expect(form).toHaveTextContent('Vul je huidige wachtwoord in.');
    await userEvent.type(screen.getByTestId('password-current'), 'oud-en-geheim');
    await userEvent.type(screen.getByTestId('password-new'), 'vlinder-fiets-83');
    await waitFor(() =>
      expect(screen.getByTestId('password-strength')).toHaveTextContent('Heel sterk'),
    );
    await userEvent.type(screen.getByTestId('password-again'), 'vlinder');
    await userEvent.click(screen.getByTestId('password-save'));
    expect(form).toHaveTextContent('Dit is niet hetzelfde');
    expect(change).not.toHaveBeenCalled();
    await userEvent.type(screen.getByTestId('password-again'), '-fiets-83');
    await userEvent.click(screen.getByTestId('password-save'));
    expect(change).toHaveBeenCalledWith('oud-en-geheim', 'vlinder-fiets-83');
    await waitFor(() => expect(screen.queryByTestId('password-form')).toBeNull());
  });

  it('is refused when the present one is wrong, in words, and keeps what was typed', async () => {
    const host = await open('family');
    vi.spyOn(host.commands, 'changePassword').mockResolvedValue({
      status: 'error',
      error: trouble('wrongPassword'),
    });
    const form = await dialog();
    await userEvent.type(screen.getByTestId('password-current'), 'fout');
    await userEvent.type(screen.getByTestId('password-new'), 'vlinder-fiets-83');
    await userEvent.type(screen.getByTestId('password-again'), 'vlinder-fiets-83');
    await userEvent.click(screen.getByTestId('password-save'));
    await waitFor(() => expect(form).toHaveTextContent('Je huidige wachtwoord klopt niet.'));
    expect(form).toHaveTextContent('Typ het wachtwoord waarmee je nu inlogt');
    expect(form).not.toHaveTextContent('welkomstmail');
    expect(screen.getByTestId('password-current')).toHaveFocus();
    expect(screen.getByTestId('password-new')).toHaveValue('vlinder-fiets-83');
  });

  it('is told to be refused when the dialog was closed meanwhile, and not in the next one', async () => {
    const host = await open('family');
    let answer: (is: { status: 'error'; error: AppError }) => void = () => {};
    host.commands.changePassword = () => new Promise((resolve) => (answer = resolve));
    await dialog();
    await userEvent.type(screen.getByTestId('password-current'), 'fout');
    await userEvent.type(screen.getByTestId('password-new'), 'vlinder-fiets-83');
    await userEvent.type(screen.getByTestId('password-again'), 'vlinder-fiets-83');
    await userEvent.click(screen.getByTestId('password-save'));
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('password-form')).toBeNull());
    answer({ status: 'error', error: trouble('wrongPassword') });
    await waitFor(() =>
      expect(notice.text).toBe(
        'Je wachtwoord is niet gewijzigd. Je huidige wachtwoord klopt niet.',
      ),
    );
    await userEvent.click(screen.getByTestId('password-change'));
    await screen.findByTestId('password-form');
    expect(screen.queryByTestId('trouble')).toBeNull();
  });

  it('is known as one to whatever keeps passwords', async () => {
    await open('family');
    const form = await dialog();
    const of = (id: string) => screen.getByTestId(id).getAttribute('autocomplete');
    expect(of('password-current')).toBe('current-password');
    expect(of('password-new')).toBe('new-password');
    expect(of('password-again')).toBe('new-password');
    expect(await faults(form)).toEqual([]);
  });
});
