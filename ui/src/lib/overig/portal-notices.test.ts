import { useTransport } from '$lib/bridge';
import { fixture, trouble, type Scene } from '$lib/bridge/fixture';
import { forgetFacts, portalNotices } from '$lib/state/facts.svelte';
import { noticeSwitches } from '$lib/state/portal-notices.svelte';
import { start } from '$lib/state/start';
import { sync } from '$lib/state/sync.svelte';
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import NotificationSection from './NotificationSection.svelte';
import PortalNotices from './PortalNotices.svelte';

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
  noticeSwitches.forget();
});

describe('what the organisation tells of', () => {
  it('is set per item and way, as far as the organisation offers it', async () => {
    const host = await open('family');
    const set = vi.spyOn(host.commands, 'setPortalNotices');
    render(PortalNotices);
    render(NotificationSection);
    expect(await screen.findByTestId('portal-notices')).toHaveTextContent('sanne@example.org');
    expect(screen.getAllByRole('heading').map(({ textContent }) => textContent)).toEqual([
      'Meldingen van de opvang',
      'Meldingen op dit apparaat',
    ]);
    expect(screen.queryByTestId('notice-newsletters-push')).toBeNull();
    expect(screen.queryByTestId('notice-lost-email')).toBeNull();
    expect(screen.getByTestId('portal-notices')).toHaveTextContent('Gevonden voorwerpen');
    await userEvent.click(screen.getByTestId('notice-photos-email'));
    expect(screen.getByTestId('notice-photos-email')).toBeChecked();
    expect(set).toHaveBeenCalledWith('"notices-1"', [
      { id: 'photos', name: 'Foto’s', email: true, push: null },
    ]);
    await waitFor(() => expect(portalNotices.is?.etag).toBe('"notices-2"'));
    expect(screen.getByTestId('notice-photos-email')).toBeChecked();
    expect(await faults()).toEqual([]);
  });

  it('says that a pushmelding has to be on there and on this device', async () => {
    await open('family');
    render(PortalNotices);
    render(NotificationSection);
    expect(await screen.findByTestId('notices-both')).toHaveTextContent(
      'Op dit apparaat krijg je een pushmelding als die hier én bij ‘Meldingen op dit apparaat’ aanstaat.',
    );
    expect(await screen.findByTestId('notify-both')).toHaveTextContent('‘Meldingen van de opvang’');
    expect(screen.getAllByText('Pushmelding').length).toBeGreaterThan(0);
    for (const of of ['consents', 'observations']) {
      const device = screen.getByTestId(`notify-${of}`);
      expect(device).toBeChecked();
      await userEvent.click(device);
      await waitFor(() => expect(device).not.toBeChecked());
    }
  });

  it('is all set when a parent switches faster than the portal answers', async () => {
    await open('family');
    render(PortalNotices);
    await userEvent.click(await screen.findByTestId('notice-photos-email'));
    await userEvent.click(screen.getByTestId('notice-photos-push'));
    await userEvent.click(screen.getByTestId('notice-messages-email'));
    const holds = () => portalNotices.is?.items.map(({ email, push }) => [email, push]);
    await waitFor(() =>
      expect(holds()).toEqual([
        [true, false],
        [false, true],
        [true, null],
        [null, false],
      ]),
    );
    expect(screen.queryByTestId('notices-trouble')).toBeNull();
  });

  it('goes back to what holds when it could not be set, and says why', async () => {
    const host = await open('family');
    vi.spyOn(host.commands, 'setPortalNotices').mockResolvedValue({
      status: 'error',
      error: trouble('portalDown'),
    });
    render(PortalNotices);
    await userEvent.click(await screen.findByTestId('notice-photos-email'));
    const note = await within(screen.getByRole('group', { name: 'Nieuwe foto’s' })).findByTestId(
      'notices-trouble',
    );
    expect(note).toHaveTextContent('Je keuze is niet opgeslagen. Je koos: Per e-mail aan.');
    expect(screen.getByTestId('notice-photos-email')).not.toBeChecked();
  });

  it('loses nothing that was switched while something else was refused', async () => {
    const host = await open('family');
    const set = host.commands.setPortalNotices;
    let down = true;
    host.commands.setPortalNotices = (etag, items) =>
      down && items.some(({ id }) => id === 'photos')
        ? Promise.resolve({ status: 'error', error: trouble('portalDown') })
        : set(etag, items);
    render(PortalNotices);
    await userEvent.click(await screen.findByTestId('notice-photos-email'));
    await userEvent.click(screen.getByTestId('notice-photos-push'));
    await userEvent.click(screen.getByTestId('notice-messages-email'));
    await userEvent.click(screen.getByTestId('notice-newsletters-email'));
    await waitFor(() => expect(portalNotices.is?.etag).toBe('"notices-3"'));
    const holds = () => portalNotices.is?.items.slice(0, 3).map((one) => [one.email, one.push]);
    expect(holds()).toEqual([
      [false, true],
      [false, true],
      [false, null],
    ]);
    const photos = within(screen.getByRole('group', { name: 'Nieuwe foto’s' }));
    expect(screen.getAllByTestId('notices-trouble')).toHaveLength(1);
    expect(photos.getByTestId('notices-trouble')).toHaveTextContent(
      'Je koos: Per e-mail aan, Pushmelding uit.',
    );
    down = false;
    await userEvent.click(photos.getByTestId('notices-again'));
    await waitFor(() => expect(holds()?.[0]).toEqual([true, false]));
    expect(screen.queryByTestId('notices-trouble')).toBeNull();
  });

  it('holds after the e-mail address was changed, which is no change on another device', async () => {
    const host = await open('family');
    const set = host.commands.setPortalNotices;
    let known = '"before"';
    host.commands.setPortalNotices = (etag, items) => {
      if (known === '"before"') {
        known = etag;
        return Promise.resolve({ status: 'error', error: trouble('changedMeanwhile') });
      }
      return set(etag, items);
    };
    render(PortalNotices);
    await userEvent.click(await screen.findByTestId('notice-messages-email'));
    await waitFor(() => expect(portalNotices.is?.etag).toBe('"notices-2"'));
    expect(screen.getByTestId('notice-messages-email')).not.toBeChecked();
    expect(screen.queryByTestId('notices-elsewhere')).toBeNull();
    expect(screen.queryByTestId('notices-trouble')).toBeNull();
  });

  it('says so when it keeps being changed elsewhere, and what was chosen', async () => {
    const host = await open('family');
    host.commands.setPortalNotices = () =>
      Promise.resolve({ status: 'error', error: trouble('changedMeanwhile') });
    render(PortalNotices);
    await userEvent.click(await screen.findByTestId('notice-messages-push'));
    expect(await screen.findByTestId('notices-trouble')).toHaveTextContent(
      'Je koos: Pushmelding uit.',
    );
    expect(screen.getByTestId('notice-messages-push')).toBeChecked();
  });

  it('that was changed on another device is shown as it holds now, and said to be', async () => {
    const host = await open('family');
    render(PortalNotices);
    await screen.findByTestId('notice-photos-email');
    await host.commands.setPortalNotices('"notices-1"', [
      { id: 'photos', name: 'Foto’s', email: false, push: false },
    ]);
    await userEvent.click(screen.getByTestId('notice-messages-email'));
    const photos = within(screen.getByRole('group', { name: 'Nieuwe foto’s' }));
    expect(await photos.findByTestId('notices-elsewhere')).toHaveTextContent(
      'op een ander apparaat veranderd',
    );
    expect(screen.getByTestId('notice-photos-push')).not.toBeChecked();
    // What this parent chose is what holds of the rest.
    await waitFor(() => expect(portalNotices.is?.etag).toBe('"notices-3"'));
    expect(screen.getByTestId('notice-messages-email')).not.toBeChecked();
    expect(screen.queryByTestId('notices-trouble')).toBeNull();
    await userEvent.click(screen.getByTestId('notice-photos-push'));
    expect(screen.queryByTestId('notices-elsewhere')).toBeNull();
    await waitFor(() => expect(portalNotices.is?.etag).toBe('"notices-4"'));
    expect(screen.getByTestId('notice-photos-push')).toBeChecked();
  });

  it('cannot be set without a network, and says so', async () => {
    await open('offline');
    render(PortalNotices);
    expect(await screen.findByTestId('notices-offline')).toBeVisible();
    expect(screen.getByTestId('notice-photos-push')).toBeDisabled();
  });

  it('of an account that has ended cannot be set, and says so', async () => {
    await open('ended');
    render(PortalNotices);
    expect(await screen.findByTestId('notices-offline')).toHaveTextContent(
      'Dit account is gestopt: hier kun je niets meer veranderen.',
    );
    expect(screen.getByTestId('notice-photos-push')).toBeDisabled();
  });

  it('that could not be read says so, and is read when tried again', async () => {
    const host = await open('family');
    const { fact, refreshFact } = host.commands;
    host.commands.fact = async (kind) => {
      const answer = await fact(kind);
      if (answer.status === 'error') return answer;
      return { status: 'ok', data: { ...answer.data, fact: null } };
    };
    host.commands.refreshFact = () =>
      Promise.resolve({ status: 'error', error: trouble('timedOut') });
    render(PortalNotices);
    const note = await screen.findByTestId('notices-not-read');
    expect(note).toHaveTextContent('konden niet worden opgehaald');
    Object.assign(host.commands, { fact, refreshFact });
    await userEvent.click(within(note).getByRole('button'));
    expect(await screen.findByTestId('notice-photos-email')).toBeVisible();
  });

  it('says so where nothing is to be set', async () => {
    const host = await open('family');
    const { fact } = host.commands;
    host.commands.fact = async (kind) => {
      const answer = await fact(kind);
      if (answer.status === 'ok' && answer.data.fact?.fact === 'notices')
        answer.data.fact.is = { ...answer.data.fact.is, items: [] };
      return answer;
    };
    render(PortalNotices);
    expect(await screen.findByTestId('notices-none')).toBeVisible();
  });

  it('is set in the parent portal where the portal tells programs nothing of it', async () => {
    const host = await open('plain');
    const opened = vi.spyOn(host.commands, 'openLink');
    render(PortalNotices);
    const section = await screen.findByTestId('portal-notices');
    expect(section).toHaveTextContent('kies je in het ouderportaal');
    await userEvent.click(within(section).getByRole('button'));
    expect(opened).toHaveBeenCalledWith('https://dehamsters.ouderportaal.nl/parent/');
    expect(await faults()).toEqual([]);
  });

  it('leaves the device as it was where the portal tells nothing of it', async () => {
    await open('plain');
    render(NotificationSection);
    await waitFor(() => expect(portalNotices.offered).toBe(false));
    expect(screen.getByTestId('notify-photos')).toBeChecked();
    for (const id of ['notify-consents', 'notify-observations', 'notify-both'])
      expect(screen.queryByTestId(id)).toBeNull();
  });
});
