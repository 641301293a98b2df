import type { FactAnswer, ObservationTitle } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, trouble, type Fixture, type Scene } from '$lib/bridge/fixture';
import { agenda } from '$lib/state/agenda.svelte';
import { children } from '$lib/state/children.svelte';
import { forgetFacts, observations } from '$lib/state/facts.svelte';
import { openForm } from '$lib/state/observations.svelte';
import { pictures } from '$lib/state/pictures.svelte';
import { start } from '$lib/state/start';
import { sync } from '$lib/state/sync.svelte';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import FunctionsSection from '../FunctionsSection.svelte';
import { byChild } from './by-child';
import ObservationsPage from './ObservationsPage.svelte';
import ObservationView from './ObservationView.svelte';

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
  forgetFacts();
  openForm.forget();
  children.forget();
  agenda.forget();
});

/** What a piece answers from now on. */
function answers(host: Fixture, answer: Partial<FactAnswer>) {
  const data = { fact: null, freshAt: null, offered: true, trouble: null, ...answer };
  return vi.spyOn(host.commands, 'fact').mockResolvedValue({ status: 'ok', data });
}

async function openWhole() {
  render(ObservationView, { id: 'o1' });
  const form = await screen.findByTestId('observation');
  await within(form).findByRole('heading', { level: 1 });
  return form;
}

/** The answer to a question. */
function answerTo(question: string): HTMLElement {
  const answer = screen.getByText(question, { selector: 'dt' }).nextElementSibling;
  if (!(answer instanceof HTMLElement)) throw new Error(`nothing answers ${question}`);
  return answer;
}

describe('observations', () => {
  it('stand by child, and open whole with every kind of answer', async () => {
    await open('offline');
    render(ObservationsPage);
    expect(await screen.findByRole('heading', { name: 'Noortje' })).toBeVisible();
    const rows = screen.getAllByTestId('observation-row');
    expect(rows.map((row) => row.getAttribute('href'))).toEqual([
      '/overig/observaties/o1',
      '/overig/observaties/o3',
      '/overig/observaties/o2',
    ]);
    expect(screen.getByTestId('freshness')).toHaveAttribute('data-trouble', 'offline');
    expect(await faults()).toEqual([]);
    cleanup();
    const form = await openWhole();
    for (const words of ['de zandbak', 'Niet ingevuld', 'Drie van de vijf sterren', 'troost'])
      expect(form).toHaveTextContent(words);
    expect(form).toHaveTextContent('Toelichting: Ze loopt ’s ochtends zelf naar binnen.');
    expect(answerTo('Welke kleur past bij haar?')).toHaveTextContent(/nog niet tonen/);
    expect(answerTo('Wanneer liep ze voor het eerst los?')).toHaveTextContent(
      'zondag 30 maart 2025',
    );
    const play = within(answerTo('Waar speelt ze het liefst?'));
    expect(play.getAllByRole('listitem').map((item) => item.textContent.trim())).toEqual([
      'de bouwhoek',
      'gekozen: de zandbak',
      'gekozen: de poppenhoek',
    ]);
    expect(await faults()).toEqual([]);
  });

  it('say a place on a scale with what its ends mean, and one outside of it as a number', async () => {
    await open('family');
    await openWhole();
    expect(answerTo('Voelt Noortje zich thuis op de groep?')).toHaveTextContent(
      '4 op een schaal van 1 (nog niet) tot 5 (helemaal)',
    );
    const outside = answerTo('Hoe ver springt ze?');
    expect(outside).toHaveTextContent('7, buiten de schaal van 1 (klein) tot 5 (groot)');
    expect(outside.querySelector('.here')).toBeNull();
  });

  it('show a picture that was not here when others arrive', async () => {
    await open('family');
    await openWhole();
    const picture = 'Een werkje van haar';
    await fireEvent.error(screen.getByRole('img', { name: picture }));
    expect(screen.queryByRole('img', { name: picture })).toBeNull();
    pictures.arrivals += 1;
    expect(await screen.findByRole('img', { name: picture })).toBeVisible();
  });

  it('are printed as they stand', async () => {
    await open('family');
    const print = vi.spyOn(window, 'print').mockImplementation(() => {});
    render(ObservationView, { id: 'o1' });
    await userEvent.click(await screen.findByTestId('print'));
    expect(print).toHaveBeenCalledOnce();
  });

  it('that cannot be printed are said to be, until they can', async () => {
    await open('family');
    // On macOS printing is a call that answers later, and may be refused.
    const print = vi.fn(() => Promise.reject(new Error('not allowed')));
    vi.stubGlobal('print', print);
    render(ObservationView, { id: 'o1' });
    await userEvent.click(await screen.findByTestId('print'));
    expect(await screen.findByTestId('print-refused')).toHaveTextContent(
      'Afdrukken lukt hier niet.',
    );
    expect(await faults()).toEqual([]);
    vi.stubGlobal('print', () => Promise.resolve());
    await userEvent.click(screen.getByTestId('print'));
    await waitFor(() => expect(screen.queryByTestId('print-refused')).toBeNull());
    vi.unstubAllGlobals();
  });

  it('that are gone are said to be, and can be asked for again', async () => {
    const host = await open('family');
    render(ObservationView, { id: 'gone' });
    expect(await screen.findByRole('alert')).toHaveTextContent(/kan nu niet worden getoond/);
    const again = vi.spyOn(host.commands, 'refreshFact');
    await userEvent.click(screen.getByRole('button', { name: 'Opnieuw proberen' }));
    expect(again).toHaveBeenCalledWith({ fact: 'observation', id: 'gone' });
  });

  it('on screen follow what the portal changed', async () => {
    const host = await open('family');
    await openWhole();
    const told = await host.commands.fact({ fact: 'observation', id: 'o1' });
    if (told.status !== 'ok' || told.data.fact?.fact !== 'observation') throw new Error('no form');
    const is = structuredClone(told.data.fact.is);
    is.head.title = 'Nieuwe titel';
    answers(host, { fact: { fact: 'observation', is } });
    host.change({ tags: ['facts'] });
    expect(await screen.findByRole('heading', { name: 'Nieuwe titel' })).toBeVisible();
  });

  it('that were never read are fetched, and not said to be none', async () => {
    const host = await open('family');
    answers(host, {});
    const refresh = vi
      .spyOn(host.commands, 'refreshFact')
      .mockResolvedValue({ status: 'error', error: trouble('portalDown') });
    render(ObservationsPage);
    expect(screen.getByRole('status')).toHaveTextContent('Laden');
    expect(await screen.findByRole('alert')).toHaveTextContent(/konden niet worden opgehaald/);
    expect(refresh).toHaveBeenCalledWith({ fact: 'observations' });
    expect(screen.queryByTestId('observations-none')).toBeNull();
  });

  it('that there are none of are said to be none', async () => {
    await open('empty');
    render(ObservationsPage);
    expect(await screen.findByTestId('observations-none')).toBeVisible();
  });

  it('are led to from Overig, also before they were read', async () => {
    const host = await open('family');
    answers(host, {});
    render(FunctionsSection);
    expect(await screen.findByTestId('to-observations')).toHaveAttribute(
      'href',
      '/overig/observaties',
    );
  });

  it('lead to the parent portal where the portal tells nothing of them', async () => {
    const host = await open('plain');
    const opened = vi.spyOn(host.commands, 'openLink');
    render(FunctionsSection);
    await userEvent.click(await screen.findByTestId('to-observations'));
    expect(opened).toHaveBeenCalledWith('https://dehamsters.ouderportaal.nl/parent/');
    expect(screen.getByTestId('functions-elsewhere')).toHaveTextContent(
      'Tegoeden en Observaties bekijk je in het ouderportaal.',
    );
    expect(await faults()).toEqual([]);
    cleanup();
    render(ObservationsPage);
    expect(await screen.findByTestId('not-told')).toHaveTextContent('in het ouderportaal');
  });

  it('are not offered where the organisation does not use them', async () => {
    const host = await open('family');
    const { fact } = host.commands;
    host.commands.fact = async (kind) => {
      const answer = await fact(kind);
      if (answer.status === 'error' || kind.fact !== 'observations') return answer;
      return { status: 'ok', data: { ...answer.data, fact: null, offered: false } };
    };
    render(FunctionsSection);
    await waitFor(() => expect(observations.offered).toBe(false));
    expect(screen.getByTestId('to-credits')).toBeVisible();
    expect(screen.queryByTestId('to-observations')).toBeNull();
    cleanup();
    render(ObservationsPage);
    expect(await screen.findByTestId('observations-unused')).toBeVisible();
    expect(screen.queryByTestId('not-told')).toBeNull();
  });

  it('of a child that is not known here are shown all the same', () => {
    const one = (id: string, child: string, day: string | null): ObservationTitle => ({
      id,
      child,
      day,
      title: '',
      by: '',
    });
    const titles = [one('a', 'x', null), one('b', 'x', '2026-01-01'), one('c', 'x', '2026-02-01')];
    const [group] = byChild(titles, []);
    expect(group?.child).toBeNull();
    expect(group?.forms.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });
});
