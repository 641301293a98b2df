import type { Document } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { trouble, fixture, type Fixture, type Scene } from '$lib/bridge/fixture';
import { documents } from '$lib/state/documents.svelte';
import { now } from '$lib/state/now.svelte';
import { saves } from '$lib/state/saves.svelte';
import { start } from '$lib/state/start';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { byYear } from './by-year';
import DocumentsPage from './DocumentsPage.svelte';

let host: Fixture;
let stop = () => {};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-26T11:00:00Z') });
  now.tick();
});

afterEach(() => {
  stop();
  saves.jobs = [];
  vi.useRealTimers();
});

async function open(scene: Scene, change: (host: Fixture) => void = () => {}) {
  host = fixture(scene);
  change(host);
  useTransport(host);
  documents.forget();
  stop = await start();
  render(DocumentsPage);
  await waitFor(() => expect(documents.read).toBe(true));
}

function named(name: RegExp): HTMLElement {
  const row = screen.getAllByTestId('document').find((one) => name.test(one.textContent ?? ''));
  if (!row) throw new Error(`no document is called ${name}`);
  return row;
}

describe('documents', () => {
  it('stand by year, newest first, each with its subject, kind and date', async () => {
    await open('family');
    const years = screen.getAllByTestId('documents-year');
    expect(years.map((year) => within(year).getByRole('heading').textContent)).toEqual([
      '2026',
      '2025',
      '2024',
    ]);
    const january = named(/Factuur januari 2026/);
    expect(january).toHaveTextContent(/Factuur · 1 januari 2026/);
    expect(january).toHaveTextContent(/Ook offline te openen/);
    expect(named(/Plaatsingsovereenkomst/)).not.toHaveTextContent(/offline/);
    // One without a name or a file says so, and offers nothing that cannot be.
    const bare = named(/zonder bestand/);
    expect(within(bare).queryByRole('button')).toBeNull();
    const { violations } = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  it('are filtered by kind, and what is shown is what is saved', async () => {
    const user = userEvent.setup();
    await open('family');
    const save = vi.spyOn(host.commands, 'save');
    await user.click(screen.getByTestId('kind-annualStatement'));
    expect(screen.getAllByTestId('document')).toHaveLength(2);
    await user.click(screen.getByTestId('documents-save-all'));
    expect(save).toHaveBeenLastCalledWith(
      { what: 'allDocuments', kind: 'annualStatement', year: null },
      null,
    );
    await user.click(screen.getByTestId('kind-every'));
    await user.click(screen.getByRole('button', { name: 'Jaar bewaren: alles van 2025' }));
    expect(save).toHaveBeenLastCalledWith({ what: 'allDocuments', kind: null, year: 2025 }, null);
    const one = screen.getByRole('button', { name: 'Plaatsingsovereenkomst bewaren' });
    await user.click(one);
    expect(save.mock.lastCall?.[0]).toMatchObject({ what: 'documents' });
    expect(saves.jobs.map((job) => saves.contentOf(job))).toEqual([
      'documents',
      'documents',
      'documents',
    ]);
  });

  it('open with the keyboard, and are here from then on', async () => {
    const user = userEvent.setup();
    await open('family');
    const button = screen.getByRole('button', { name: /^Openen: *Factuur maart 2026/ });
    button.focus();
    await user.keyboard('{Enter}');
    expect(await within(button).findByRole('status')).toHaveTextContent('Openen…');
    await waitFor(() => expect(named(/Factuur maart 2026/)).toHaveTextContent(/Ook offline/));
    expect(button).toHaveFocus();
  });

  it('that are no documents are told, and the rest is left alone', async () => {
    const user = userEvent.setup();
    await open('family');
    await user.click(screen.getByRole('button', { name: /^Openen: *Factuur\.exe/ }));
    const row = named(/Factuur\.exe/);
    expect(await within(row).findByRole('alert')).toHaveTextContent(/niet geopend of bewaard/);
    expect(screen.getAllByRole('alert')).toHaveLength(1);
  });

  it('say how old they are without a network, and what cannot be opened then', async () => {
    const user = userEvent.setup();
    await open('offline');
    await user.click(screen.getByTestId('documents-reload'));
    await waitFor(() =>
      expect(screen.getByTestId('documents-freshness')).toHaveAttribute('data-trouble', 'offline'),
    );
    expect(screen.getByTestId('documents-freshness')).toHaveTextContent(/bijgewerkt/);
    await user.click(screen.getByRole('button', { name: /^Openen: *Factuur maart 2026/ }));
    expect(await screen.findByRole('alert')).toHaveAttribute('data-code', 'offline');
  });

  it('that are not there yet are promised', async () => {
    await open('empty');
    expect(screen.getByTestId('documents-empty')).toHaveTextContent('Nog geen documenten');
  });

  it('that the portal refuses are not said to be missing', async () => {
    await open('empty', (host) => {
      const refused = trouble('refused', { retryable: false });
      const none = { documents: [], freshAt: null, busy: false, trouble: refused };
      host.commands.documents = () => Promise.resolve({ status: 'ok', data: none });
    });
    expect(await screen.findByRole('alert')).toHaveAttribute('data-code', 'refused');
  });

  it('are put under the year of their day', () => {
    const one = (id: string, day: string): Document => ({
      id,
      kind: 'other',
      day,
      subject: '',
      hasFile: true,
      here: false,
    });
    const years = byYear([one('a', '2026-01-01'), one('b', '2024-12-31'), one('c', '2024-01-01')]);
    expect(years.map(({ year, documents }) => [year, documents.map(({ id }) => id)])).toEqual([
      [2026, ['a']],
      [2024, ['b', 'c']],
    ]);
  });
});
