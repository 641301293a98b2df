import type { AppError, Fact } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, trouble, type Fixture, type Scene } from '$lib/bridge/fixture';
import { detailsForms } from '$lib/state/details-form.svelte';
import { forgetFacts } from '$lib/state/facts.svelte';
import { notice } from '$lib/state/notice.svelte';
import { session } from '$lib/state/session.svelte';
import { start, switchTo } from '$lib/state/start';
import { sync } from '$lib/state/sync.svelte';
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import FamilySection from '../FamilySection.svelte';
import AccountPage from './AccountPage.svelte';
import ChildPage from './ChildPage.svelte';

let stop = () => {};

async function open(scene: Scene): Promise<Fixture> {
  const host = fixture(scene);
  useTransport(host);
  stop = await start();
  return host;
}

async function faults(within: Element = document.body) {
  const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } };
  const { violations } = await axe.run(within, { rules });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

type Facts = { [K in Fact['fact']]: Extract<Fact, { fact: K }>['is'] };

/** Lets the portal tell one piece otherwise from now on. */
function alter<K extends Fact['fact']>(host: Fixture, which: K, how: (is: Facts[K]) => void) {
  const read = host.commands.fact;
  vi.spyOn(host.commands, 'fact').mockImplementation(async (kind) => {
    const answer = await read(kind);
    if (answer.status !== 'ok' || answer.data.fact?.fact !== which) return answer;
    const fact = structuredClone(answer.data.fact);
    how(fact.is as Facts[K]);
    return { status: 'ok', data: { ...answer.data, fact } };
  });
}

const ENDED = 'Dit account is gestopt: hier kun je niets meer veranderen.';

/** The account in use becomes an archive while the screen is open. */
async function end() {
  const overview = session.overview;
  if (!overview?.account) throw new Error('nobody is signed in');
  session.overview = { ...overview, account: { ...overview.account, session: 'ended' } };
  await tick();
}

const at = '2026-03-02T09:00:00Z';

const late = () =>
  Promise.resolve({ status: 'error' as const, error: trouble('changedMeanwhile') });

afterEach(() => {
  cleanup();
  stop();
  sync.forget();
  forgetFacts();
  detailsForms.discard();
  notice.close();
});

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

describe('a child', () => {
  it('has its mentor, placements, allergies and notes', async () => {
    await open('family');
    render(ChildPage, { id: 'n' });
    const details = await screen.findByTestId('child-details');
    for (const words of ['Marieke de Wit', 'maandag, dinsdag en donderdag', 'Pinda’s', 'doekje'])
      expect(details).toHaveTextContent(words);
    expect(await faults()).toEqual([]);
  });

  it('is shown when the same is written down twice', async () => {
    const host = await open('family');
    alter(host, 'children', ([first]) => {
      if (first) first.allergies = ['Melk', 'Melk'];
    });
    render(ChildPage, { id: 'n' });
    const details = await screen.findByTestId('child-details');
    expect(within(details).getAllByText('Melk')).toHaveLength(2);
  });

  it('has its consents with what they mean and who answered; one is answered after asking', async () => {
    const host = await open('family');
    const answer = vi.spyOn(host.commands, 'answerConsent');
    render(ChildPage, { id: 'n' });
    const [first] = await screen.findAllByTestId('consent');
    const item = within(first as HTMLElement);
    expect(item.getByText(/Je kunt dit altijd weer intrekken/)).toBeVisible();
    expect(item.getByTestId('consent-state')).toHaveTextContent('Toestemming gegeven');
    expect(item.getAllByText(/door Sanne de Vries/).length).toBeGreaterThan(0);
    await userEvent.click(item.getByTestId('consent-refused'));
    expect(answer).not.toHaveBeenCalled();
    await userEvent.click(await screen.findByTestId('consent-confirm-yes'));
    expect(answer).toHaveBeenCalledWith('c1', '"c1"', 'refused', null);
  });

  it('shows both answers when another parent was first', async () => {
    const host = await open('family');
    render(ChildPage, { id: 'n' });
    const item = within((await screen.findAllByTestId('consent'))[1] as HTMLElement);
    host.commands.answerConsent = late;
    alter(host, 'consents', ([, second]) => {
      if (second) Object.assign(second, { answer: 'refused', open: false, etag: '"c2-b"' });
    });
    await userEvent.click(item.getByTestId('consent-given'));
    await userEvent.click(await screen.findByTestId('consent-confirm-yes'));
    const conflict = await item.findByTestId('consent-conflict');
    expect(conflict).toHaveTextContent('Nu geldt: Geen toestemming');
    expect(conflict).toHaveTextContent('Jij koos: Toestemming gegeven');
    expect(item.getByTestId('consent-state')).toHaveTextContent('Geen toestemming');
  });

  it('sends what was chosen against what was read, also when another parent answers meanwhile', async () => {
    const host = await open('family');
    render(ChildPage, { id: 'n' });
    const item = within((await screen.findAllByTestId('consent'))[1] as HTMLElement);
    const answer = vi.spyOn(host.commands, 'answerConsent').mockImplementation(late);
    await userEvent.click(item.getByTestId('consent-given'));
    const yes = await screen.findByTestId('consent-confirm-yes');
    alter(host, 'consents', ([, second]) => {
      if (second) Object.assign(second, { answer: 'refused', open: false, etag: '"c2-b"' });
    });
    host.change({ tags: ['facts'] });
    await waitFor(() =>
      expect(item.getByTestId('consent-state')).toHaveTextContent('Geen toestemming'),
    );
    await userEvent.click(yes);
    expect(answer).toHaveBeenCalledExactlyOnceWith('c2', '"c2"', 'given', null);
    expect(await item.findByTestId('consent-conflict')).toHaveTextContent(
      'Nu geldt: Geen toestemming. Jij koos: Toestemming gegeven.',
    );
  });

  it('is filled in where it asks something, which stays until it was sent', async () => {
    const host = await open('family');
    render(ChildPage, { id: 't' });
    const item = within((await screen.findAllByTestId('consent'))[1] as HTMLElement);
    expect(item.getByTestId('consent-filled-in')).toHaveTextContent(
      'Bij welke huisarts hoort Ties? Huisarts Vermeer, 023 555 01 41',
    );
    const answer = vi.spyOn(host.commands, 'answerConsent').mockImplementation(late);
    await userEvent.click(item.getByRole('button', { name: 'Anders invullen' }));
    const field = await screen.findByLabelText('Bij welke huisarts hoort Ties?');
    expect(field).toHaveValue('Huisarts Vermeer, 023 555 01 41');
    await userEvent.clear(field);
    await userEvent.click(screen.getByTestId('consent-confirm-yes'));
    expect(field).toHaveAccessibleDescription(/Vul dit eerst in\./);
    expect(answer).not.toHaveBeenCalled();
    await userEvent.type(field, 'Huisarts De Wit');
    expect(await faults()).toEqual([]);
    alter(host, 'consents', (all) => {
      const theirs = all.find(({ id }) => id === 'c4');
      if (theirs?.history[0]) theirs.history[0].words = 'Huisarts Bakker';
      if (theirs) theirs.etag = '"c4-b"';
    });
    await userEvent.click(screen.getByTestId('consent-confirm-yes'));
    expect(answer).toHaveBeenCalledExactlyOnceWith('c4', '"c4"', 'given', 'Huisarts De Wit');
    expect(await item.findByTestId('consent-conflict')).toHaveTextContent(
      'Nu geldt: Verklaard (Huisarts Bakker). Jij koos: Verklaard (Huisarts De Wit).',
    );
    await waitFor(() => expect(document.body).not.toHaveStyle({ pointerEvents: 'none' }));
    await userEvent.click(item.getByRole('button', { name: 'Anders invullen' }));
    expect(await screen.findByTestId('consent-words')).toHaveValue('Huisarts De Wit');
  });

  it('calls nothing what holds now that was read before another parent answered', async () => {
    const host = await open('family');
    render(ChildPage, { id: 'n' });
    const item = within((await screen.findAllByTestId('consent'))[0] as HTMLElement);
    host.commands.answerConsent = late;
    await userEvent.click(item.getByTestId('consent-refused'));
    await userEvent.click(await screen.findByTestId('consent-confirm-yes'));
    expect(await item.findByTestId('trouble')).toHaveTextContent('Iemand anders was je net voor.');
    expect(item.queryByTestId('consent-conflict')).toBeNull();
    // As soon as it is known it is told.
    alter(host, 'consents', ([first]) => {
      if (first) Object.assign(first, { open: true, etag: '"c1-b"' });
    });
    host.change({ tags: ['facts'] });
    expect(await item.findByTestId('consent-conflict')).toHaveTextContent(
      'Nu geldt: Nog te beantwoorden. Jij koos: Geen toestemming.',
    );
  });

  it('shows no conflict when another parent answered the same', async () => {
    const host = await open('family');
    render(ChildPage, { id: 'n' });
    const item = within((await screen.findAllByTestId('consent'))[0] as HTMLElement);
    host.commands.answerConsent = late;
    alter(host, 'consents', ([first]) => {
      if (first) Object.assign(first, { answer: 'refused', etag: '"c1-b"' });
    });
    await userEvent.click(item.getByTestId('consent-refused'));
    await userEvent.click(await screen.findByTestId('consent-confirm-yes'));
    await waitFor(() =>
      expect(item.getByTestId('consent-state')).toHaveTextContent('Geen toestemming'),
    );
    expect(item.queryByRole('alert')).toBeNull();
  });

  it('keeps the keyboard at the answer that was given', async () => {
    const host = await open('family');
    render(ChildPage, { id: 'n' });
    const item = within((await screen.findAllByTestId('consent'))[0] as HTMLElement);
    alter(host, 'consents', ([first]) => first && (first.answer = 'refused'));
    await userEvent.click(item.getByTestId('consent-refused'));
    await userEvent.click(await screen.findByTestId('consent-confirm-yes'));
    await waitFor(() => expect(item.queryByTestId('consent-refused')).toBeNull());
    await waitFor(() => expect(item.getByRole('heading')).toHaveFocus());
  });

  it.each([
    ['Sanne', at, 'Toestemming gegeven door Sanne, '],
    ['Sanne', null, 'Toestemming gegeven door Sanne'],
    ['', at, 'Toestemming gegeven, '],
    ['', null, 'Toestemming gegeven'],
  ])('says who answered and when, as far as is told (%j, %j)', async (by, when, words) => {
    const host = await open('family');
    alter(host, 'consents', ([first]) => {
      if (first) first.history = [{ answer: 'given', at: when, by, words: null }];
    });
    render(ChildPage, { id: 'n' });
    const [first] = await screen.findAllByTestId('consent');
    const said = within(first as HTMLElement)
      .getByTestId('consent-last')
      .textContent.trim();
    expect(when ? said.startsWith(words) && said.length > words.length : said === words).toBe(true);
  });

  it('that was never read is asked for, and is told to be missing with a way to try again', async () => {
    const host = await open('family');
    const read = host.commands.fact;
    let here = false;
    host.commands.fact = async (kind) => {
      const answer = await read(kind);
      if (answer.status !== 'ok' || here) return answer;
      return { status: 'ok', data: { ...answer.data, fact: null, freshAt: null } };
    };
    const asked: string[] = [];
    host.commands.refreshFact = ({ fact }) => {
      asked.push(fact);
      return Promise.resolve({ status: 'error', error: trouble('portalDown') });
    };
    render(ChildPage, { id: 'n' });
    const note = await screen.findByTestId('child-not-read');
    expect(note).toHaveTextContent('De gegevens van je kind konden niet worden opgehaald.');
    expect(asked.sort()).toEqual(['children', 'consents']);
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Noortje');
    expect(await faults()).toEqual([]);
    here = true;
    host.commands.refreshFact = () => Promise.resolve({ status: 'ok', data: null });
    await userEvent.click(within(note).getByRole('button'));
    expect(await screen.findByTestId('child-details')).toBeVisible();
    expect(screen.queryByTestId('child-not-read')).toBeNull();
  });

  it('is seen without a network, and nothing of it is said to be missing', async () => {
    await open('offline');
    render(ChildPage, { id: 'n' });
    expect(await screen.findByTestId('child-details')).toBeVisible();
    expect(await screen.findAllByTestId('consent-offline')).toHaveLength(2);
    expect(screen.queryByTestId('child-not-read')).toBeNull();
  });

  it('of an account that has ended is asked nothing any more', async () => {
    await open('ended');
    render(ChildPage, { id: 'n' });
    const told = await screen.findAllByTestId('consent-offline');
    expect(told.map((one) => one.textContent)).toEqual([ENDED, ENDED]);
    expect(screen.queryByTestId('consent-given')).toBeNull();
  });

  it('of whom the organisation tells nothing says so', async () => {
    const host = await open('family');
    alter(host, 'children', (all) => all.splice(0));
    render(ChildPage, { id: 'n' });
    expect(await screen.findByTestId('child-nothing-told')).toBeVisible();
  });

  it('and what it consented to are said to be perhaps older when the portal does not tell them any more', async () => {
    const host = await open('family');
    render(ChildPage, { id: 'n' });
    expect(await screen.findAllByTestId('consent')).toHaveLength(2);
    expect(screen.queryByTestId('perhaps-older')).toBeNull();
    const read = host.commands.fact;
    host.commands.fact = async (kind) => {
      const answer = await read(kind);
      if (answer.status !== 'ok') return answer;
      return { status: 'ok', data: { ...answer.data, trouble: trouble('refused') } };
    };
    host.change({ tags: ['facts'] });
    expect(await screen.findByTestId('perhaps-older')).toHaveTextContent('eerder is opgehaald');
    expect(screen.getAllByTestId('consent')).toHaveLength(2);
    cleanup();
    render(AccountPage);
    expect(await screen.findByText('Lindenstraat 4')).toBeVisible();
    expect(await screen.findByTestId('perhaps-older')).toBeVisible();
  });

  it('that is not the account’s says so, and leads back', async () => {
    await open('family');
    render(ChildPage, { id: 'nobody' });
    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent(
      'Dit kind hoort niet (meer) bij je account.',
    );
    expect(screen.getByTestId('to-account')).toHaveAttribute('href', '/overig/account');
    expect(await faults()).toEqual([]);
  });

  it('says that what a card asked is no longer there', async () => {
    await open('family');
    render(ChildPage, { id: 'n', askedOn: '2026-01-15' });
    expect(await screen.findByTestId('asked-no-more')).toHaveTextContent('15 januari');
    expect(screen.queryByTestId('asked')).toBeNull();
  });

  it('shows first what its card in the timeline asks', async () => {
    await open('family');
    render(ChildPage, { id: 'n', askedOn: '2026-03-02' });
    const asked = await screen.findByTestId('asked');
    expect(asked).toHaveTextContent('Uitstapje naar de kinderboerderij');
    expect(within(asked).getByTestId('consent-state')).toHaveTextContent('Nog te beantwoorden');
    expect(within(asked).getAllByTestId('consent')).toHaveLength(1);
  });

  it('leads to the parent portal for what cannot be changed from here and has no reason', async () => {
    const host = await open('family');
    const opened = vi.spyOn(host.commands, 'openLink');
    alter(host, 'consents', ([first]) => {
      if (first) Object.assign(first, { changeable: false, etag: '' });
    });
    render(ChildPage, { id: 'n' });
    const item = within((await screen.findAllByTestId('consent'))[0] as HTMLElement);
    expect(item.getByTestId('consent-state')).toHaveTextContent('Toestemming gegeven');
    expect(item.queryByTestId('consent-refused')).toBeNull();
    expect(item.getByTestId('not-told')).toHaveTextContent('In de app kun je dit niet veranderen.');
    await userEvent.click(await item.findByRole('button', { name: /ouderportaal/i }));
    expect(opened).toHaveBeenCalledOnce();
  });

  it('says why something cannot be answered here', async () => {
    await open('family');
    render(ChildPage, { id: 't' });
    expect(await screen.findByTestId('consent-fixed')).toHaveTextContent('Vraag dit aan de groep.');
    expect(screen.getAllByTestId('consent-state')[0]).toHaveTextContent('Verklaard');
  });
});
