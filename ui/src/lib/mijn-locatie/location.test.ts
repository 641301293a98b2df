import { useTransport } from '$lib/bridge';
import { fixture, trouble, type Scene } from '$lib/bridge/fixture';
import AllBulletins from './AllBulletins.svelte';
import ArticleView from './ArticleView.svelte';
import LocationPage from './LocationPage.svelte';
import NewsletterView from './NewsletterView.svelte';
import Menu from '$lib/parts/Menu.svelte';
import { location } from '$lib/state/location.svelte';
import { start } from '$lib/state/start';
import { sync } from '$lib/state/sync.svelte';
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';

let stop = () => {};

async function open(scene: Scene) {
  const host = fixture(scene);
  useTransport(host);
  stop = await start();
  return host;
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
});

describe('the menu', () => {
  it('has the five parts of the manual, in its order', async () => {
    await open('family');
    render(Menu);
    const names = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
    expect(names).toEqual(['/mijn-kind', '/berichten', '/agenda', '/mijn-locatie', '/overig']);
    await waitFor(() =>
      expect(screen.getByTestId('menu-mijn-locatie-badge')).toHaveTextContent('3'),
    );
  });
});

describe('Mijn locatie', () => {
  it('shows the newest three of each, and leads to all', async () => {
    await open('family');
    render(LocationPage);
    for (const which of ['news', 'newsletters']) {
      const section = await screen.findByTestId(`section-${which}`);
      expect(within(section).getAllByTestId('bulletin-row')).toHaveLength(3);
      expect(within(section).getByTestId(`all-${which}`)).toHaveAccessibleName(/^Alle bekijken/);
    }
    expect(screen.getByText('Herfstwandeling').closest('a')).toHaveAccessibleName(/Ongelezen/);
    expect(await faults()).toEqual([]);
  });

  it('says that there is nothing yet', async () => {
    await open('empty');
    render(LocationPage);
    expect(await screen.findByText('Er is nog geen nieuws.')).toBeVisible();
    expect(screen.getByText('Er zijn nog geen nieuwsbrieven.')).toBeVisible();
    expect(screen.queryByTestId('all-news')).toBeNull();
  });

  it('says why it could not be read, when it never was', async () => {
    const host = await open('empty');
    const error = {
      code: 'portalDown' as const,
      message: '',
      retryable: true,
      portalSays: null,
      blockedUntil: null,
    };
    vi.spyOn(host.commands, 'location').mockResolvedValue({
      status: 'ok',
      data: {
        articles: [],
        moreArticles: false,
        newsletters: [],
        moreNewsletters: false,
        freshAt: null,
        trouble: error,
      },
    });
    const refresh = vi.spyOn(host.commands, 'refreshLocation');
    render(LocationPage);
    const note = await screen.findByTestId('location-not-read');
    expect(screen.queryByText('Er is nog geen nieuws.')).toBeNull();
    await userEvent.click(within(note).getByRole('button', { name: 'Opnieuw proberen' }));
    expect(refresh).toHaveBeenCalledOnce();
  });

  it('lists all of them page by page', async () => {
    await open('family');
    render(AllBulletins, { which: 'news' });
    await waitFor(() => expect(screen.getAllByTestId('bulletin-row')).toHaveLength(30));
    await userEvent.click(screen.getByTestId('older'));
    await waitFor(() => expect(screen.getAllByTestId('bulletin-row')).toHaveLength(35));
    expect(screen.queryByTestId('older')).toBeNull();
  });
});

describe('a news item', () => {
  it('opens whole, with its pictures, and is read then', async () => {
    const host = await open('family');
    render(ArticleView, { id: 'n0' });
    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent('Herfstwandeling');
    expect(await screen.findByText(/bij de kastanje/)).toBeVisible();
    expect(screen.getByRole('img')).toHaveAccessibleName('Afbeelding bij dit nieuwsbericht');
    const counted = await host.commands.unread();
    expect(counted.status === 'ok' && counted.data.news).toBe(1);
    expect(await faults()).toEqual([]);
  });

  it('with a film leads to the parent portal, where that can be seen', async () => {
    const host = await open('family');
    const opened = vi.spyOn(host.commands, 'openLink');
    render(ArticleView, { id: 'n2' });
    const elsewhere = await screen.findByTestId('news-elsewhere');
    expect(elsewhere).toHaveTextContent('filmpje');
    await userEvent.click(within(elsewhere).getByRole('button'));
    expect(opened).toHaveBeenCalledWith('https://dehamsters.ouderportaal.nl/parent/');
  });

  it('that is perhaps older says why, and not that everything is out of reach', async () => {
    const host = await open('family');
    const { openArticle } = host.commands;
    host.commands.openArticle = async (id) => {
      const answer = await openArticle(id);
      if (answer.status === 'error') return answer;
      return { status: 'ok', data: { ...answer.data, trouble: trouble('accountEnded') } };
    };
    render(ArticleView, { id: 'n0' });
    expect(await screen.findByTestId('perhaps-older')).toHaveTextContent(
      'Dit is wat er eerder is opgehaald. Dit account is gestopt.',
    );
  });

  it('is here without a network once it was read, and else says so', async () => {
    await open('offline');
    render(ArticleView, { id: 'n1' });
    expect(await screen.findByText(/weekmenu/)).toBeVisible();
    expect(await screen.findByTestId('perhaps-older')).toBeVisible();
    cleanup();
    render(ArticleView, { id: 'n0' });
    expect(await screen.findByTestId('not-here')).toBeVisible();
    expect(
      screen.getByText('Zaterdag lopen we met alle gezinnen door het Bosrandbos.'),
    ).toBeVisible();
  });
});

describe('a newsletter', () => {
  const sheet = async () => {
    const root = (await screen.findByTestId('letter')).shadowRoot;
    if (!root) throw new Error('a newsletter stands in a sheet of its own');
    return root;
  };

  it('keeps its looks and fetches no picture until that is asked', async () => {
    await open('family');
    render(NewsletterView, { id: 'l1' });
    const root = await sheet();
    await waitFor(() => expect(root.querySelector('h1')).not.toBeNull());
    const head = root.querySelector('h1')?.closest('td');
    expect(head?.style.backgroundColor).toBe('rgb(47, 111, 79)');
    expect(root.querySelector('[data-style]')).toBeNull();
    expect(root.querySelector('img')?.hasAttribute('src')).toBe(false);
    await userEvent.click(screen.getByRole('button', { name: 'Afbeeldingen laden' }));
    await waitFor(() => expect(root.querySelector('img')?.getAttribute('src')).toBeTruthy());
    expect(screen.queryByTestId('pictures-ask')).toBeNull();
    expect(await faults()).toEqual([]);
  });

  it('opens its links outside the app', async () => {
    const host = await open('family');
    const opened = vi.spyOn(host.commands, 'openLink');
    render(NewsletterView, { id: 'l1' });
    const root = await sheet();
    await waitFor(() => expect(root.querySelector('a')).not.toBeNull());
    const click = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true });
    root.querySelector('a')?.dispatchEvent(click);
    expect(click.defaultPrevented).toBe(true);
    expect(opened).toHaveBeenCalledWith('https://www.kdv-debosrand.example/tafel');
  });
});
