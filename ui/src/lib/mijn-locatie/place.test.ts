import SavePanel from '$lib/bewaren/SavePanel.svelte';
import { useTransport } from '$lib/bridge';
import { fixture, trouble, type Fixture, type Scene } from '$lib/bridge/fixture';
import { place } from '$lib/state/place.svelte';
import { location } from '$lib/state/location.svelte';
import { start } from '$lib/state/start';
import { sync } from '$lib/state/sync.svelte';
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import ArticleView from './ArticleView.svelte';
import LocationPage from './LocationPage.svelte';
import PageView from './PageView.svelte';
import { weekOf } from './place-words';

let stop = () => {};

async function open(scene: Scene) {
  const host = fixture(scene);
  useTransport(host);
  stop = await start();
  return host;
}

/** A portal of ours that tells everything but these. */
function leaveOut(host: Fixture, ...kinds: string[]) {
  const { fact } = host.commands;
  host.commands.fact = async (kind) => {
    const answer = await fact(kind);
    if (answer.status === 'error' || !kinds.includes(kind.fact)) return answer;
    return { status: 'ok', data: { ...answer.data, fact: null, offered: false } };
  };
}

async function faults() {
  const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } };
  const { violations } = await axe.run(document.body, { rules });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

afterEach(() => {
  cleanup();
  stop();
  sync.forget();
  location.forget();
  place.forget();
});

describe('the place where the children go', () => {
  it('calls, mails and shows the way in one click, also without a network', async () => {
    const host = await open('offline');
    const opened = vi.spyOn(host.commands, 'openLink');
    render(LocationPage);
    const card = await screen.findByTestId('care-location');
    await userEvent.click(within(card).getByTestId('call'));
    await userEvent.click(within(card).getByTestId('mail'));
    await userEvent.click(within(card).getByTestId('route'));
    await userEvent.click(within(card).getByTestId('call-care-group'));
    expect(opened.mock.calls.map(([url]) => url)).toEqual([
      'tel:0235550134',
      'mailto:bosrand@dehamsters.example',
      'https://www.openstreetmap.org/directions?to=Beukenlaan%2012%2C%202012%20AB%20%20Haarlem',
      'tel:0655501122',
    ]);
    expect(within(card).getByTestId('opening-hours')).toHaveTextContent(/maandag t\/m donderdag/i);
    expect(within(card).getAllByTestId('care-group')[0]).toHaveTextContent('Noortje');
    expect(await faults()).toEqual([]);
  });

  it('shows what is written for a number or an address, and links what can be dialled or mailed', async () => {
    const host = await open('family');
    const read = host.commands.fact;
    vi.spyOn(host.commands, 'fact').mockImplementation(async (kind) => {
      const answer = await read(kind);
      if (answer.status !== 'ok' || answer.data.fact?.fact !== 'places') return answer;
      const fact = structuredClone(answer.data.fact);
      const [location] = fact.is.locations;
      const [group] = location?.groups ?? [];
      if (!location || !group) throw new Error('the fixture has a group');
      location.contact.phone = '+31 (0)23-5550134 / 06-12345678 (ma-vr)';
      location.contact.email = 'info@kdv.example of planning@kdv.example';
      group.phone = 'Nood: 06-12345678';
      fact.is.contact = { phone: 'Zie de app', email: 'Via de app', website: null };
      return { status: 'ok', data: { ...answer.data, fact } };
    });
    const opened = vi.spyOn(host.commands, 'openLink');
    render(LocationPage);
    const card = await screen.findByTestId('care-location');
    expect(card).toHaveTextContent('+31 (0)23-5550134 / 06-12345678 (ma-vr)');
    for (const link of within(card).getAllByTestId('call')) await userEvent.click(link);
    for (const link of within(card).getAllByTestId('mail')) await userEvent.click(link);
    expect(card).toHaveTextContent('Nood: 06-12345678');
    await userEvent.click(within(card).getByTestId('call-care-group'));
    expect(opened.mock.calls.map(([url]) => url)).toEqual([
      'tel:+31235550134',
      'tel:0612345678',
      'mailto:info@kdv.example',
      'mailto:planning@kdv.example',
      'tel:0612345678',
    ]);
    const own = screen.getByTestId('organisation');
    expect(own).toHaveTextContent('Zie de app');
    expect(own).toHaveTextContent('Via de app');
    expect(within(own).queryByRole('link')).toBeNull();
    expect(await faults()).toEqual([]);
  });

  it('is shown when two of its locations, or two of their groups, are called the same', async () => {
    const host = await open('family');
    const read = host.commands.fact;
    vi.spyOn(host.commands, 'fact').mockImplementation(async (kind) => {
      const answer = await read(kind);
      if (answer.status !== 'ok' || answer.data.fact?.fact !== 'places') return answer;
      const fact = structuredClone(answer.data.fact);
      for (const { groups } of fact.is.locations) groups.push(...structuredClone(groups));
      fact.is.locations.push(...structuredClone(fact.is.locations));
      return { status: 'ok', data: { ...answer.data, fact } };
    });
    render(LocationPage);
    const [one, other] = await screen.findAllByTestId('care-location');
    expect(one?.textContent).toBe(other?.textContent);
  });

  it('says when it could not be read, and is read when tried again', async () => {
    const host = await open('family');
    const { fact } = host.commands;
    host.commands.fact = async (kind) => {
      const answer = await fact(kind);
      if (answer.status === 'error') return answer;
      return { status: 'ok', data: { ...answer.data, fact: null, trouble: trouble('portalDown') } };
    };
    render(LocationPage);
    const note = await screen.findByTestId('place-not-read');
    expect(note).toHaveTextContent(
      'Ophalen lukte niet: contactgegevens, ons team en informatiepagina’s.',
    );
    expect(note).toHaveTextContent('Het ouderportaal heeft een storing.');
    host.commands.fact = fact;
    await userEvent.click(within(note).getByRole('button'));
    expect(await screen.findByTestId('care-location')).toBeVisible();
  });

  it('stays when the portal cannot find it any more, and is said to be perhaps older', async () => {
    const host = await open('family');
    const { fact } = host.commands;
    host.commands.fact = async (kind) => {
      const answer = await fact(kind);
      if (answer.status === 'error') return answer;
      return { status: 'ok', data: { ...answer.data, trouble: trouble('refused') } };
    };
    render(LocationPage);
    expect(await screen.findByTestId('care-location')).toBeVisible();
    expect(screen.getByTestId('perhaps-older')).toHaveTextContent('eerder is opgehaald');
  });

  it('leads to the parent portal for all that a portal does not tell, once', async () => {
    const host = await open('plain');
    const opened = vi.spyOn(host.commands, 'openLink');
    render(LocationPage);
    const card = await screen.findByTestId('place-elsewhere');
    expect(card).toHaveTextContent(
      'contactgegevens, ons team en informatiepagina’s vind je in het ouderportaal.',
    );
    await userEvent.click(within(card).getByRole('button'));
    expect(opened).toHaveBeenCalledWith('https://dehamsters.ouderportaal.nl/parent/');
    expect(screen.queryByTestId('section-contact')).toBeNull();
    expect(await faults()).toEqual([]);
  });

  it('leads there for the team alone, below what is told here, and for no pages nobody uses', async () => {
    const host = await open('family');
    leaveOut(host, 'team', 'pages');
    render(LocationPage);
    expect(await screen.findByTestId('care-location')).toBeVisible();
    expect(screen.getByTestId('place-elsewhere')).toHaveTextContent(
      'ons team vind je in het ouderportaal.',
    );
    expect(screen.queryByTestId('section-pages')).toBeNull();
  });

  it('says that the team could not be read, when all else could, and reads it when tried again', async () => {
    const host = await open('family');
    const { fact } = host.commands;
    host.commands.fact = async (kind) => {
      const answer = await fact(kind);
      if (answer.status === 'error' || kind.fact !== 'team') return answer;
      return { status: 'ok', data: { ...answer.data, fact: null, trouble: trouble('refused') } };
    };
    render(LocationPage);
    const note = await screen.findByTestId('place-not-read');
    expect(note).toHaveTextContent('Ophalen lukte niet: ons team.');
    expect(note).toHaveTextContent('Het ouderportaal weigert dit.');
    expect(screen.getByTestId('care-location')).toBeVisible();
    host.commands.fact = fact;
    await userEvent.click(within(note).getByRole('button'));
    expect(await screen.findAllByTestId('team-member')).toHaveLength(3);
    expect(screen.queryByTestId('place-not-read')).toBeNull();
  });

  it('shows the team, and more of somebody by a click', async () => {
    await open('family');
    render(LocationPage);
    const members = await screen.findAllByTestId('team-member');
    expect(members).toHaveLength(3);
    await userEvent.click(members[0] as HTMLElement);
    const dialog = await screen.findByTestId('team-dialog');
    expect(dialog).toHaveTextContent('Ik werk hier al twaalf jaar');
    expect(within(dialog).getByRole('img')).toHaveAccessibleName('Foto van Marieke de Wit');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('team-dialog')).toBeNull());
    await userEvent.click(members[1] as HTMLElement);
    expect(await screen.findByTestId('team-dialog')).toHaveTextContent('nog niets over zichzelf');
  });

  it('lists the pages of the organisation, which open whole', async () => {
    await open('family');
    render(LocationPage);
    const rows = await screen.findAllByTestId('page-row');
    expect(rows[0]).toHaveAttribute('href', '/mijn-locatie/informatie/p1');
    cleanup();
    render(PageView, { id: 'p1' });
    expect(await screen.findByRole('heading', { name: 'Ziekte en medicijnen' })).toBeVisible();
    expect(screen.getByText('De verpakking')).toBeVisible();
    expect(await faults()).toEqual([]);
  });
});

describe('what comes with news', () => {
  it('may stand in the parent portal, where the portal does not tell it', async () => {
    const host = await open('plain');
    const opened = vi.spyOn(host.commands, 'openLink');
    render(ArticleView, { id: 'n1' });
    const elsewhere = await screen.findByTestId('news-elsewhere');
    expect(elsewhere).toHaveTextContent(
      'bijlagen bij dit bericht, dan staan die in het ouderportaal',
    );
    await userEvent.click(within(elsewhere).getByRole('button'));
    expect(opened).toHaveBeenCalledWith('https://dehamsters.ouderportaal.nl/parent/');
  });

  it('is said to be missing where it could not be fetched, and why', async () => {
    const host = await open('family');
    const { fact } = host.commands;
    host.commands.fact = async (kind) => {
      const answer = await fact(kind);
      if (answer.status === 'error' || kind.fact !== 'newsFiles') return answer;
      return { status: 'ok', data: { ...answer.data, fact: null, trouble: trouble('offline') } };
    };
    render(ArticleView, { id: 'n1' });
    const note = await screen.findByTestId('attached-not-read');
    expect(note).toHaveTextContent('De bijlage kon niet worden opgehaald.');
    host.commands.fact = fact;
    await userEvent.click(within(note).getByRole('button'));
    expect(await screen.findByTestId('attached-file')).toBeVisible();
    expect(screen.queryByTestId('attached-not-read')).toBeNull();
  });

  it('is not known where nobody could tell whether there is any, and that is said', async () => {
    const host = await open('family');
    const { fact } = host.commands;
    host.commands.fact = async (kind) => {
      const answer = await fact(kind);
      if (answer.status === 'error' || !kind.fact.startsWith('news')) return answer;
      return { status: 'ok', data: { ...answer.data, fact: null, trouble: trouble('timedOut') } };
    };
    render(ArticleView, { id: 'n1' });
    expect(await screen.findByTestId('attached-unknown')).toHaveTextContent(
      'Of hier bijlagen bij zijn, is nu niet te zien. Het ouderportaal reageert niet op tijd.',
    );
  });

  it('is seen by a paper clip, and opens in the program of the system', async () => {
    const host = await open('family');
    render(LocationPage);
    await waitFor(() => expect(screen.getByTestId('paper-clip')).toHaveTextContent('1 bijlage'));
    cleanup();
    render(ArticleView, { id: 'n1' });
    const opened = vi.spyOn(host.commands, 'openAttached');
    const file = await screen.findByTestId('attached-file');
    expect(file).toHaveTextContent('Weekmenu.pdf');
    await userEvent.click(file);
    expect(opened).toHaveBeenCalledWith({ fact: 'newsFiles', id: 'n1' }, 'file-1');
    opened.mockResolvedValue({ status: 'error', error: trouble('notADocument') });
    await userEvent.click(file);
    expect(await screen.findByTestId('attached-trouble')).toBeVisible();
  });
});

describe('a file that comes with news or a page', () => {
  it('is saved to the folder of documents by a button of its own, and is told where it lies', async () => {
    const host = await open('family');
    const save = vi.spyOn(host.commands, 'save');
    render(ArticleView, { id: 'n1' });
    const button = await screen.findByRole('button', { name: 'Weekmenu.pdf bewaren' });
    expect(await faults()).toEqual([]);
    await userEvent.click(button);
    const of = { fact: 'newsFiles' as const, id: 'n1' };
    expect(save).toHaveBeenCalledExactlyOnceWith({ what: 'attached', of, id: 'file-1' }, null);
    render(SavePanel);
    const panel = await screen.findByTestId('save-panel');
    await waitFor(() => expect(panel).toHaveTextContent('Documenten'));
  });

  it('of a page is saved just so', async () => {
    const host = await open('family');
    const { fact } = host.commands;
    host.commands.fact = async (kind) => {
      const answer = await fact(kind);
      if (answer.status !== 'ok' || answer.data.fact?.fact !== 'page') return answer;
      const told = structuredClone(answer.data.fact);
      told.is.files = [{ id: 'file-2', name: '', bytes: 900 }];
      return { status: 'ok', data: { ...answer.data, fact: told } };
    };
    const save = vi.spyOn(host.commands, 'save');
    render(PageView, { id: 'p1' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Bijlage zonder naam bewaren' }),
    );
    const of = { fact: 'page' as const, id: 'p1' };
    expect(save).toHaveBeenCalledExactlyOnceWith({ what: 'attached', of, id: 'file-2' }, null);
  });
});

describe('opening hours', () => {
  it('stand on one line for days that follow each other with the same', () => {
    const on = (weekday: number) => ({ weekday, opens: '07:30', closes: '18:30' });
    const lines = weekOf([on(1), on(2), on(4)]);
    expect(lines.map(({ first, last }) => [first, last])).toEqual([
      [1, 2],
      [3, 3],
      [4, 4],
      [5, 7],
    ]);
  });
});
