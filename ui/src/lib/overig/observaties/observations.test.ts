import { useTransport } from '$lib/bridge';
import { fixture, trouble, type Scene } from '$lib/bridge/fixture';
import { forgetFacts } from '$lib/state/facts.svelte';
import { start } from '$lib/state/start';
import { sync } from '$lib/state/sync.svelte';
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import FamilySection from '../FamilySection.svelte';
import PortalNotices from '../PortalNotices.svelte';
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
});

describe('observations', () => {
  it('stand by child, and open whole with every kind of answer', async () => {
    await open('offline');
    render(ObservationsPage);
    expect(await screen.findByRole('heading', { name: 'Noortje' })).toBeVisible();
    expect(screen.getByTestId('observation-row')).toHaveAttribute('href', '/overig/observaties/o1');
    cleanup();
    render(ObservationView, { id: 'o1' });
    const form = await screen.findByTestId('observation');
    await waitFor(() => expect(form).toHaveTextContent('4 op een schaal van 1 tot 5'));
    for (const words of ['de zandbak', 'Niet ingevuld', 'Drie van de vijf sterren', 'troost'])
      expect(form).toHaveTextContent(words);
    expect(screen.getByText('gekozen:', { exact: false })).toBeInTheDocument();
    expect(await faults()).toEqual([]);
  });

  it('are printed as they stand', async () => {
    await open('family');
    const print = vi.spyOn(window, 'print').mockImplementation(() => {});
    render(ObservationView, { id: 'o1' });
    await userEvent.click(await screen.findByTestId('print'));
    expect(print).toHaveBeenCalledOnce();
  });

  it('are not offered where the organisation does not use them', async () => {
    await open('plain');
    render(FamilySection);
    await screen.findByTestId('to-account');
    expect(screen.queryByTestId('to-observations')).toBeNull();
  });
});

describe('what the organisation tells of', () => {
  it('is set per item and way, as far as the organisation offers it', async () => {
    const host = await open('family');
    const set = vi.spyOn(host.commands, 'setPortalNotices');
    render(PortalNotices);
    expect(await screen.findByTestId('portal-notices')).toHaveTextContent('sanne@example.org');
    expect(screen.queryByTestId('notice-newsletters-push')).toBeNull();
    expect(screen.getByTestId('portal-notices')).toHaveTextContent('Gevonden voorwerpen');
    await userEvent.click(screen.getByTestId('notice-photos-email'));
    expect(set).toHaveBeenCalledWith('"notices-1"', [
      { id: 'photos', name: 'Foto’s', email: true, push: true },
    ]);
    expect(await faults()).toEqual([]);
  });

  it('goes back to what holds when it could not be set, and says why', async () => {
    const host = await open('family');
    vi.spyOn(host.commands, 'setPortalNotices').mockResolvedValue({
      status: 'error',
      error: trouble('changedMeanwhile'),
    });
    render(PortalNotices);
    await userEvent.click(await screen.findByTestId('notice-photos-email'));
    expect(await screen.findByTestId('notices-trouble')).toHaveTextContent('net voor');
    expect(screen.getByTestId('notice-photos-email')).not.toBeChecked();
  });

  it('cannot be set without a network, and says so', async () => {
    await open('offline');
    render(PortalNotices);
    expect(await screen.findByTestId('notices-offline')).toBeVisible();
    expect(screen.getByTestId('notice-photos-push')).toBeDisabled();
  });
});
