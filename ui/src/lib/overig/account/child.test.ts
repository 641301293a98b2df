import { trouble } from '$lib/bridge/fixture';
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import AccountPage from './AccountPage.svelte';
import ChildPage from './ChildPage.svelte';
import { alter, at, ENDED, faults, late, open } from './account.fixture';

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
